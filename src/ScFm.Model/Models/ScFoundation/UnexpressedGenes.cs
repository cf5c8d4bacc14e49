using ScFm.Model.Nn;
using static TorchSharp.torch;

namespace ScFm.Model.Models.ScFoundation;

/// <summary>
/// What the decoder's first block knows of every gene that a cell does not express: its input does not depend on the cell, so the block's norm, queries
/// and sums over keys are made once for the weights at hand. For inference.
/// </summary>
internal sealed class UnexpressedGenes
{
    /// <summary>Makes them.</summary>
    /// <param name="tokens">The token of every position where the gene is not expressed, [genes + 2, D].</param>
    /// <param name="first">The decoder's first block.</param>
    public UnexpressedGenes(Tensor tokens, PerformerBlock first)
    {
        Tokens = tokens;
        var normed = first.Normed(tokens);
        Queries = first.Attention.Queries(normed);
        Keys = first.Attention.Share(normed);
    }

    /// <summary>The tokens, [genes + 2, D].</summary>
    public Tensor Tokens { get; }

    /// <summary>The first block's queries, [genes + 2, H d].</summary>
    public Tensor Queries { get; }

    /// <summary>The first block's sums over keys.</summary>
    public SharedKeys Keys { get; }
}
