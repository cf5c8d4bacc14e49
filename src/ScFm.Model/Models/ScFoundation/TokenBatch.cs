using ScFm.Model.Devices;
using ScFm.Model.Nn;
using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Models.ScFoundation;

/// <summary>Cells packed into tensors. B cells, V visible tokens of all cells, S tokens of a cell that differ from an unexpressed gene, W wanted positions.</summary>
/// <remarks>
/// The decoder's input is described as rows of a table: first one row a position for "unexpressed" (the same for all cells), then B x S rows
/// of the cells' own tokens. Nothing of size [cells, genes] is built unless all positions are asked for.
/// </remarks>
public sealed class TokenBatch
{
    private readonly long[] rowOfPosition;

    private TokenBatch(long[] rowOfPosition) => this.rowOfPosition = rowOfPosition;

    /// <summary>Number of cells, B.</summary>
    public required int Cells { get; init; }

    /// <summary>Which of the visible tokens are whose.</summary>
    public required CellRows Rows { get; init; }

    /// <summary>Number of visible tokens over all cells, V; a measure of the work.</summary>
    public long VisibleCount => Rows.Count;

    /// <summary>Number of wanted positions over all cells; 0 where all are wanted.</summary>
    public required long WantedCount { get; init; }

    /// <summary>Values of the visible tokens, of each cell the genes' and then T and S; [V].</summary>
    public required Tensor Values { get; init; }

    /// <summary>True where the encoder sees a mask instead of a value, [V]; null where that is nowhere so.</summary>
    public required Tensor? Masked { get; init; }

    /// <summary>True where a token is the padding vector that nothing attends to, though it takes part in the pooling as the reference's does, [V]; null where that is nowhere so.</summary>
    public required Tensor? Padding { get; init; }

    /// <summary>Their positions, [V].</summary>
    public required Tensor Positions { get; init; }

    /// <summary>Where each visible token stands among the own tokens, in [B * S].</summary>
    public required Tensor VisibleSlots { get; init; }

    /// <summary>Where each hidden token stands among the own tokens, in [B * S]; null where there is none.</summary>
    public required Tensor? HiddenSlots { get; init; }

    /// <summary>Values of the hidden tokens; 0 where masked.</summary>
    public required Tensor? HiddenValues { get; init; }

    /// <summary>True where a hidden token is masked.</summary>
    public required Tensor? HiddenMasked { get; init; }

    /// <summary>Positions of the own tokens, [B, S].</summary>
    public required Tensor OwnPositions { get; init; }

    /// <summary>False where an own token is padding, [B, S].</summary>
    public required Tensor OwnExists { get; init; }

    /// <summary>Rows of the table for the wanted positions, [B, W]; null where all are wanted.</summary>
    public required Tensor? WantedRows { get; init; }

    /// <summary>The wanted positions, [B, W]; null where all are wanted.</summary>
    public required Tensor? WantedPositions { get; init; }

    /// <summary>True where the mask asks instead of the table's row, [B, W]; null where that is nowhere so.</summary>
    public required Tensor? WantedMasked { get; init; }

    /// <summary>False where a wanted position is padding, [B, W]; null where all are wanted.</summary>
    public required Tensor? WantedExists { get; init; }

    /// <summary>In training, the targets at the wanted positions, [B, W]; 0 where padded.</summary>
    public required Tensor? Targets { get; init; }

    /// <summary>Rows of the table for all positions, [B * (genes + 2)].</summary>
    public Tensor AllRows() => tensor(rowOfPosition, device: Values.device);

    /// <summary>Packs cells.</summary>
    /// <param name="cells">The cells; either all or none of them ask for particular genes.</param>
    /// <param name="genes">Number of genes in the model's vocabulary; T stands at this position and S behind it.</param>
    /// <param name="device">Where the tensors are put. Default: the CPU.</param>
    public static TokenBatch Pack(IReadOnlyList<CellTokens> cells, int genes, Device? device = null)
    {
        var (count, positions) = (cells.Count, genes + 2);
        var s = cells.Max(c => c.VisibleCount + c.Hidden.Length);
        var w = cells[0].Wanted is null ? 0 : cells.Max(c => c.Wanted!.Length);
        var visible = cells.Sum(c => c.VisibleCount);
        var hidden = cells.Sum(c => c.Hidden.Length);

        var (values, places, visibleSlots) = (new float[visible], new long[visible], new long[visible]);
        var (masked, anyMasked) = (new bool[visible], false);
        var (padding, anyPadding) = (new bool[visible], false);
        var (hiddenSlots, hiddenValues, hiddenMasked) = (new long[hidden], new float[hidden], new bool[hidden]);
        var (ownPositions, ownExists) = (new long[count * s], new bool[count * s]);
        var (wantedRows, wantedExists, targets) = (new long[count * w], new bool[count * w], new float[count * w]);
        var (wantedPositions, wantedMasked, anyWantedMasked) = (new long[count * w], new bool[count * w], false);
        var rowOfPosition = new long[(long)count * positions];
        var (v, h) = (0, 0);

        for (var b = 0; b < count; b++)
        {
            var cell = cells[b];
            var rows = rowOfPosition.AsSpan(b * positions, positions);
            for (var p = 0; p < positions; p++)
            {
                rows[p] = p;
            }
            var slot = b * s;
            int Own(int position)
            {
                ownPositions[slot] = position;
                ownExists[slot] = true;
                rowOfPosition[(long)b * positions + position] = positions + slot;
                return slot++;
            }
            void See(int position, float value)
            {
                var isMasked = float.IsNaN(value);
                anyMasked |= isMasked;
                (masked[v], values[v], places[v]) = (isMasked, isMasked ? 0 : value, position);
                visibleSlots[v++] = Own(position);
            }
            foreach (var place in cell.Padding)
            {
                (padding[v + place], anyPadding) = (true, true);
            }
            for (var i = 0; i < cell.Visible.Length; i++)
            {
                See(cell.Visible[i], cell.VisibleValues[i]);
            }
            if (!cell.DepthsAmongGenes)
            {
                See(genes, cell.TargetDepth);
                See(genes + 1, cell.SourceDepth);
            }
            for (var i = 0; i < cell.Hidden.Length; i++, h++)
            {
                hiddenSlots[h] = Own(cell.Hidden[i]);
                hiddenMasked[h] = float.IsNaN(cell.HiddenValues[i]);
                hiddenValues[h] = hiddenMasked[h] ? 0 : cell.HiddenValues[i];
            }
            for (var i = 0; i < w && i < cell.Wanted!.Length; i++)
            {
                var row = rows[cell.Wanted[i]];
                var isMasked = cell.AskAsMasked && row < positions;
                (wantedRows[b * w + i], wantedPositions[b * w + i], wantedMasked[b * w + i]) = (row, cell.Wanted[i], isMasked);
                anyWantedMasked |= isMasked;
                wantedExists[b * w + i] = true;
                targets[b * w + i] = cell.Targets.Length > 0 ? cell.Targets[i] : 0;
            }
        }

        Tensor Make<T>(T[] data, params long[] shape) where T : unmanaged => HostCopy.To(From(data, shape), device ?? CPU);
        return new TokenBatch(rowOfPosition)
        {
            Cells = count,
            Rows = new CellRows([.. cells.Select(c => c.VisibleCount)]),
            WantedCount = cells.Sum(c => (long)(c.Wanted?.Length ?? 0)),
            Values = Make(values, visible),
            Masked = anyMasked ? Make(masked, visible) : null,
            Padding = anyPadding ? Make(padding, visible) : null,
            Positions = Make(places, visible),
            VisibleSlots = Make(visibleSlots, visible),
            HiddenSlots = hidden == 0 ? null : Make(hiddenSlots, hidden),
            HiddenValues = hidden == 0 ? null : Make(hiddenValues, hidden),
            HiddenMasked = hidden == 0 ? null : Make(hiddenMasked, hidden),
            OwnPositions = Make(ownPositions, count, s),
            OwnExists = Make(ownExists, count, s),
            WantedRows = w == 0 ? null : Make(wantedRows, count, w),
            WantedPositions = w == 0 ? null : Make(wantedPositions, count, w),
            WantedMasked = anyWantedMasked ? Make(wantedMasked, count, w) : null,
            WantedExists = w == 0 ? null : Make(wantedExists, count, w),
            Targets = w == 0 ? null : Make(targets, count, w),
        };
    }

    private static Tensor From<T>(T[] data, long[] shape) where T : unmanaged => data switch
    {
        float[] floats => tensor(floats, shape),
        long[] longs => tensor(longs, shape),
        bool[] bools => tensor(bools, shape),
        _ => throw new ArgumentException($"A batch has no tensors of {typeof(T).Name}; expected float, long or bool."),
    };
}
