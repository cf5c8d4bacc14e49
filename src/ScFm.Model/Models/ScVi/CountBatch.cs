using ScFm.Model.Nn;
using static TorchSharp.torch;

namespace ScFm.Model.Models.ScVi;

/// <summary>Some cells as tensors. Of their counts there are those that are not zero, which are all that layers and likelihoods need.</summary>
public sealed record CountBatch
{
    /// <summary>Number of genes.</summary>
    public required long Genes { get; init; }

    /// <summary>The counts that are not zero, cell after cell, [N].</summary>
    public required Tensor Values { get; init; }

    /// <summary>log1p of them, for the encoders, [N].</summary>
    public required Tensor LoggedValues { get; init; }

    /// <summary>The gene of each of them, ascending within a cell, int32 [N].</summary>
    public required Tensor GeneOf { get; init; }

    /// <summary>Where each cell's begin and the last cell's end, int64 [B + 1].</summary>
    public required Tensor Offsets { get; init; }

    /// <summary>The logarithm of each cell's total count, [B, 1].</summary>
    public required Tensor LogTotals { get; init; }

    /// <summary>The batch that each cell was made in, int64 [B].</summary>
    public required Tensor Batches { get; init; }

    /// <summary>All that the batch is made of.</summary>
    internal Tensor[] Tensors => [Values, LoggedValues, GeneOf, Offsets, LogTotals, Batches];

    /// <summary>Number of cells, B.</summary>
    public long Cells => Logged.Count;

    /// <summary>log1p of the counts, [B, genes].</summary>
    public SparseRows Logged => new(LoggedValues, GeneOf, Offsets, Genes);

    /// <summary>The cell of each count that is not zero, int64 [N].</summary>
    public Tensor CellOf => Logged.Rows;
}
