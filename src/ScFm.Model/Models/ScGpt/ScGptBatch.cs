using ScFm.Model.Nn;
using static TorchSharp.torch;

namespace ScFm.Model.Models.ScGpt;

/// <summary>Cells as tensors: the tokens of all, one cell after another. R tokens of all B cells, M values to predict.</summary>
public sealed record ScGptBatch
{
    /// <summary>Which tokens are whose.</summary>
    public required CellRows Rows { get; init; }

    /// <summary>The tokens, [R], int64; a cell begins with that of &lt;cls&gt;.</summary>
    public required Tensor Tokens { get; init; }

    /// <summary>The bin of each, or what stands for a hidden one, [R], float32.</summary>
    public required Tensor Values { get; init; }

    /// <summary>Where each cell's &lt;cls&gt; stands among the R tokens, [B], int64.</summary>
    public required Tensor First { get; init; }

    /// <summary>False where a token is attended to by no other, [R]; null where all are attended to.</summary>
    public Tensor? Attended { get; init; }

    /// <summary>True where such a token still attends to itself.</summary>
    public bool AttendsItself { get; init; }

    /// <summary>Which of the R tokens have a value to predict, [M], int64; null where none has.</summary>
    public Tensor? Hidden { get; init; }

    /// <summary>The cell of each of these, [M], int64.</summary>
    public Tensor? HiddenCells { get; init; }

    /// <summary>Their bins, [M], float32.</summary>
    public Tensor? Targets { get; init; }

    /// <summary>The batch that each cell is of, [B], int64; null where the model need not know.</summary>
    public Tensor? Batches { get; init; }

    /// <summary>The type of each cell, [B], int64; null where it is not told.</summary>
    public Tensor? Types { get; init; }

    /// <summary>Packs cells, all of whose values are seen.</summary>
    /// <param name="cells">The cells, one or more.</param>
    /// <param name="device">Where the tensors are put. Default: the CPU.</param>
    public static ScGptBatch Pack(IReadOnlyList<ScGptCell> cells, Device? device = null) =>
        Pack([.. cells.Select(cell => new HiddenCell(cell.Tokens, cell.Values, [], []))], device);

    /// <summary>Packs cells some of whose values are to be predicted.</summary>
    /// <param name="cells">The cells, one or more.</param>
    /// <param name="device">Where the tensors are put. Default: the CPU.</param>
    /// <param name="ignoresHidden">True where no other token attends to a hidden one: the published generative training. Default: false.</param>
    public static ScGptBatch Pack(IReadOnlyList<HiddenCell> cells, Device? device = null, bool ignoresHidden = false)
    {
        var rows = new CellRows([.. cells.Select(cell => cell.Tokens.Length)]);
        var (tokens, values, first) = (new long[rows.Count], new float[rows.Count], new long[cells.Count]);
        var (hidden, hiddenCells, targets) = (new List<long>(), new List<long>(), new List<float>());
        var attended = ignoresHidden ? Enumerable.Repeat(true, (int)rows.Count).ToArray() : [];
        var at = 0L;
        for (var cell = 0; cell < cells.Count; cell++)
        {
            var own = cells[cell];
            first[cell] = at;
            for (var i = 0; i < own.Tokens.Length; i++)
            {
                (tokens[at + i], values[at + i]) = (own.Tokens[i], own.Values[i]);
            }
            foreach (var place in own.Hidden)
            {
                hidden.Add(at + place);
                hiddenCells.Add(cell);
                if (ignoresHidden)
                {
                    attended[at + place] = false;
                }
            }
            targets.AddRange(own.Targets);
            at += own.Tokens.Length;
        }
        return new ScGptBatch
        {
            Rows = rows,
            Tokens = tensor(tokens, device: device),
            Values = tensor(values, device: device),
            First = tensor(first, device: device),
            Attended = ignoresHidden && hidden.Count > 0 ? tensor(attended, device: device) : null,
            AttendsItself = ignoresHidden,
            Hidden = hidden.Count > 0 ? tensor(hidden.ToArray(), device: device) : null,
            HiddenCells = hidden.Count > 0 ? tensor(hiddenCells.ToArray(), device: device) : null,
            Targets = hidden.Count > 0 ? tensor(targets.ToArray(), device: device) : null,
        };
    }

    /// <summary>Packs cells filled up with padding to the longest, which no token attends to: as the published code does, whose mean over a cell's states counts padding, too.</summary>
    /// <param name="cells">The cells, one or more.</param>
    /// <param name="padding">The token of padding.</param>
    /// <param name="value">The value of padding.</param>
    /// <param name="device">Where the tensors are put. Default: the CPU.</param>
    public static ScGptBatch Padded(IReadOnlyList<HiddenCell> cells, int padding, float value, Device? device = null)
    {
        var longest = cells.Max(cell => cell.Tokens.Length);
        T[] Filled<T>(T[] own, T filler) => [.. own, .. Enumerable.Repeat(filler, longest - own.Length)];
        var packed = Pack([.. cells.Select(cell => cell with { Tokens = Filled(cell.Tokens, padding), Values = Filled(cell.Values, value) })], device);
        return packed with { Attended = tensor(cells.SelectMany(cell => Enumerable.Range(0, longest).Select(i => i < cell.Tokens.Length)).ToArray(), device: device) };
    }
}
