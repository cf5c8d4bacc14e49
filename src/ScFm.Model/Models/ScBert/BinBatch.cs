using static TorchSharp.torch;

namespace ScFm.Model.Models.ScBert;

/// <summary>Cells as tensors: a token for every gene, and one behind them. B cells of N genes, at most P genes of a cell to predict, M of all cells.</summary>
public sealed class BinBatch
{
    private BinBatch()
    {
    }

    /// <summary>The bins, 0 for the appended token, [B, N + 1], int64.</summary>
    public required Tensor Tokens { get; init; }

    /// <summary>The genes to predict as rows of all tokens, [B, P], int64, a cell's first token where it has fewer; null where none is to be predicted.</summary>
    public Tensor? Asking { get; private init; }

    /// <summary>Which of the B P rows of <see cref="Asking"/> are truly to be predicted, [M], int64; null where none is.</summary>
    public Tensor? Predicted { get; private init; }

    /// <summary>Their bins, [M], int64; null where none is to be predicted.</summary>
    public Tensor? Targets { get; private init; }

    /// <summary>Packs cells.</summary>
    /// <param name="cells">One or more.</param>
    /// <param name="genes">Genes of the model, N.</param>
    /// <param name="device">Where the tensors are put. Default: the CPU.</param>
    public static BinBatch Pack(IReadOnlyList<BinnedCell> cells, int genes, Device? device = null)
    {
        var tokens = new long[cells.Count * (genes + 1L)];
        for (var cell = 0; cell < cells.Count; cell++)
        {
            var (places, bins) = (cells[cell].Genes, cells[cell].Bins);
            for (var i = 0; i < places.Length; i++)
            {
                tokens[cell * (genes + 1L) + places[i]] = bins[i];
            }
        }
        return new BinBatch { Tokens = tensor(tokens, device: device).view(cells.Count, -1) };
    }

    /// <summary>Packs cells of which some bins are to be predicted.</summary>
    /// <param name="cells">The cells with their masks; one of them at least has a bin to predict.</param>
    /// <param name="genes">Genes of the model.</param>
    /// <param name="device">Where the tensors are put. Default: the CPU.</param>
    public static BinBatch Pack(IReadOnlyList<MaskedBins> cells, int genes, Device? device = null)
    {
        var most = cells.Max(cell => cell.Predicted.Length);
        var asking = new long[cells.Count * most];
        var (predicted, targets) = (new List<long>(), new List<long>());
        for (var cell = 0; cell < cells.Count; cell++)
        {
            var first = cell * (genes + 1L);
            Array.Fill(asking, first, cell * most, most);
            for (var i = 0; i < cells[cell].Predicted.Length; i++)
            {
                asking[cell * most + i] = first + cells[cell].Seen.Genes[cells[cell].Predicted[i]];
                predicted.Add(cell * most + i);
                targets.Add(cells[cell].Targets[i]);
            }
        }
        return new BinBatch
        {
            Tokens = Pack([.. cells.Select(cell => cell.Seen)], genes, device).Tokens,
            Asking = tensor(asking, device: device).view(cells.Count, -1),
            Predicted = tensor(predicted.ToArray(), device: device),
            Targets = tensor(targets.ToArray(), device: device),
        };
    }
}
