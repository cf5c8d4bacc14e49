using ScFm.Model.Nn;
using static TorchSharp.torch;

namespace ScFm.Model.Models.ScFoundation;

/// <summary>
/// The decoder's input of a gene, taken apart: its position, [genes + 2, D], and what is added where the gene is not expressed or masked, [1, D].
/// It does not depend on the cell.
/// </summary>
/// <param name="Positions">The positions' part, [genes + 2, D].</param>
/// <param name="Unexpressed">The part of the value 0, [1, D].</param>
/// <param name="Masked">The part of the mask, [1, D].</param>
public sealed record GeneTokens(Tensor Positions, Tensor Unexpressed, Tensor Masked)
{
    private readonly Lock making = new();
    private UnexpressedGenes? shared;

    /// <summary>What the decoder's first block makes of them; made when it is first needed, without gradients.</summary>
    internal UnexpressedGenes Through(PerformerBlock first)
    {
        lock (making)
        {
            return shared ??= new UnexpressedGenes(this, first);
        }
    }

    /// <summary>Takes the tensors out of their dispose scope: they stay for later cells.</summary>
    internal void Keep()
    {
        foreach (var tensor in new[] { Positions, Unexpressed, Masked })
        {
            tensor.DetachFromDisposeScope();
        }
    }

    /// <summary>Frees what was kept.</summary>
    internal void Free()
    {
        foreach (var tensor in new[] { Positions, Unexpressed, Masked })
        {
            tensor.Dispose();
        }
        shared?.Free();
    }
}
