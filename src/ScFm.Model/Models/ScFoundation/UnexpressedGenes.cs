using ScFm.Model.Nn;
using static TorchSharp.torch;

namespace ScFm.Model.Models.ScFoundation;

/// <summary>
/// What the decoder's first block makes of every gene that a cell does not express: its input does not depend on the cell, so the block's norm, queries
/// and sums over keys are made once for the weights at hand. For inference.
/// </summary>
internal sealed class UnexpressedGenes
{
    /// <summary>Makes them; they outlive the dispose scope.</summary>
    /// <param name="genes">The decoder's input.</param>
    /// <param name="first">The decoder's first block.</param>
    public UnexpressedGenes(GeneTokens genes, PerformerBlock first)
    {
        using var scope = NewDisposeScope();
        var normed = first.Normed(genes.Positions + genes.Unexpressed);
        Queries = first.Attention.Queries(normed).DetachFromDisposeScope();
        Keys = first.Attention.Share(normed);
        Keys.Keep();
    }

    /// <summary>The first block's queries, [genes + 2, H d].</summary>
    public Tensor Queries { get; }

    /// <summary>The first block's sums over keys.</summary>
    public SharedKeys Keys { get; }

    /// <summary>Frees the tensors.</summary>
    public void Free()
    {
        Queries.Dispose();
        Keys.Free();
    }
}
