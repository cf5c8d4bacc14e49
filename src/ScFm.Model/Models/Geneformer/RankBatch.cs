using ScFm.Model.Nn;
using static TorchSharp.torch;

namespace ScFm.Model.Models.Geneformer;

/// <summary>Cells as tensors: the tokens of all, one cell after another, without padding. R tokens of all cells, M tokens to predict.</summary>
public sealed class RankBatch
{
    private RankBatch()
    {
    }

    /// <summary>Which tokens are whose.</summary>
    public required CellRows Rows { get; init; }

    /// <summary>The tokens, [R], int64.</summary>
    public required Tensor Tokens { get; init; }

    /// <summary>The rank of each within its cell, from 0, [R], int64.</summary>
    public required Tensor Positions { get; init; }

    /// <summary>Which of the R tokens are to be predicted, [M], int64; null where none is.</summary>
    public Tensor? Predicted { get; private init; }

    /// <summary>What they are, [M], int64; null where none is to be predicted.</summary>
    public Tensor? Targets { get; private init; }

    /// <summary>Packs cells.</summary>
    /// <param name="cells">The tokens of each cell, one or more.</param>
    /// <param name="device">Where the tensors are put. Default: the CPU.</param>
    public static RankBatch Pack(IReadOnlyList<int[]> cells, Device? device = null)
    {
        var rows = new CellRows([.. cells.Select(cell => cell.Length)]);
        var (tokens, positions, at) = (new long[rows.Count], new long[rows.Count], 0);
        foreach (var cell in cells)
        {
            for (var rank = 0; rank < cell.Length; rank++, at++)
            {
                (tokens[at], positions[at]) = (cell[rank], rank);
            }
        }
        return new RankBatch { Rows = rows, Tokens = tensor(tokens, device: device), Positions = tensor(positions, device: device) };
    }

    /// <summary>Packs cells of which some tokens are to be predicted.</summary>
    /// <param name="cells">The cells with their masks.</param>
    /// <param name="device">Where the tensors are put. Default: the CPU.</param>
    public static RankBatch Pack(IReadOnlyList<MaskedCell> cells, Device? device = null)
    {
        var plain = Pack([.. cells.Select(cell => cell.Tokens)], device);
        var (predicted, targets, first) = (new List<long>(), new List<long>(), 0L);
        foreach (var cell in cells)
        {
            predicted.AddRange(cell.Predicted.Select(rank => first + rank));
            targets.AddRange(cell.Targets.Select(token => (long)token));
            first += cell.Tokens.Length;
        }
        return new RankBatch
        {
            Rows = plain.Rows,
            Tokens = plain.Tokens,
            Positions = plain.Positions,
            Predicted = tensor(predicted.ToArray(), device: device),
            Targets = tensor(targets.ToArray(), device: device),
        };
    }
}
