using static TorchSharp.torch;

namespace ScFm.Model.Models.ScVi;

/// <summary>Some cells as tensors: logged values for the encoder, and the counts that are not zero, which are all that a likelihood needs.</summary>
public sealed record CountBatch
{
    /// <summary>log1p of the counts, [B, genes].</summary>
    public required Tensor Logged { get; init; }

    /// <summary>The counts that are not zero, cell after cell, [N].</summary>
    public required Tensor Values { get; init; }

    /// <summary>The gene of each of them, int32 [N].</summary>
    public required Tensor GeneOf { get; init; }

    /// <summary>Where each cell's begin and the last cell's end, int64 [B + 1].</summary>
    public required Tensor Offsets { get; init; }

    /// <summary>The logarithm of each cell's total count, [B, 1].</summary>
    public required Tensor LogTotals { get; init; }

    /// <summary>The batch that each cell was made in, int64 [B].</summary>
    public required Tensor Batches { get; init; }

    /// <summary>Number of cells, B.</summary>
    public long Cells => Logged.shape[0];

    /// <summary>The cell of each count that is not zero, int64 [N].</summary>
    public Tensor CellOf => arange(Cells, int64, Offsets.device).repeat_interleave(Offsets.narrow(0, 1, Cells) - Offsets.narrow(0, 0, Cells));
}
