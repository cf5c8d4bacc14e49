using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Nn;

/// <summary>
/// Positive orthogonal random features of the softmax kernel: exp(q.k) is, in expectation, the product of the features of q and k.
/// </summary>
/// <remarks>Source: Choromanski et al. 2021 (Performer), Lemma 1 and section 2.4; scFoundation draws int(d ln d) of them.</remarks>
public static class RandomFeatures
{
    /// <summary>Added to every feature, as in the reference: no feature is zero.</summary>
    public const double Epsilon = 1e-4;

    /// <summary>The published number of features for a head of that width: the integer part of d ln d.</summary>
    public static long Count(long headWidth) => (long)(headWidth * Math.Log(headWidth));

    /// <summary>Draws a projection [count, headWidth]: orthogonal blocks, with the lengths of Gaussian rows.</summary>
    public static Tensor Draw(long count, long headWidth)
    {
        using var scope = NewDisposeScope();
        var blocks = new List<Tensor>();
        for (long rows = 0; rows < count; rows += headWidth)
        {
            var (q, _) = linalg.qr(randn(headWidth, headWidth));
            blocks.Add(q.t().slice(0, 0, Math.Min(headWidth, count - rows), 1));
        }
        var lengths = randn(count, headWidth).square().sum(1, keepdim: true).sqrt();
        return (lengths * cat(blocks)).MoveToOuterDisposeScope();
    }

    /// <summary>Counts a training pass over some blocks, and draws new features for them before the first one after each <paramref name="interval"/>.</summary>
    /// <param name="passes">Passes since the last drawing, an int64 scalar that is saved with the weights.</param>
    /// <param name="interval">Passes between two drawings; 0 keeps the first features.</param>
    /// <param name="blocks">The blocks.</param>
    internal static void RedrawIfDue(Tensor passes, int interval, IEnumerable<PerformerBlock> blocks)
    {
        if (interval == 0)
        {
            return;
        }
        using var _ = no_grad();
        if (passes.item<long>() >= interval)
        {
            foreach (var block in blocks)
            {
                block.Attention.Redraw();
            }
            passes.zero_();
        }
        passes.add_(1);
    }

    /// <summary>
    /// The exponents of the features, [..., count], of vectors [..., d], and what is subtracted of each: half the squared length, [..., 1].
    /// </summary>
    public static (Tensor exponents, Tensor halfSquare) Project(Tensor x, Tensor projection)
    {
        var scale = Math.Pow(x.shape[^1], -0.25);
        var exponents = matmul(x, (projection * scale).transpose(0, 1));
        var halfSquare = x.square().sum(-1, keepdim: true) * (0.5 * scale * scale);
        return (exponents, halfSquare);
    }

    /// <summary>Features of queries [..., d]; each row is scaled by its own largest exponent, which cancels in the attention.</summary>
    public static Tensor OfQueries(Tensor queries, Tensor projection)
    {
        var (exponents, halfSquare) = Project(queries, projection);
        return exp(exponents - halfSquare - exponents.amax(new long[] { -1 }, keepdim: true)) + Epsilon;
    }

    /// <summary>
    /// Features of keys [B, H, N, d]. One maximum a cell is subtracted, so that a cell's result does not depend on its neighbours in the batch;
    /// with <paramref name="wholeBatch"/> one maximum of all, as the reference does.
    /// </summary>
    public static Tensor OfKeys(Tensor keys, Tensor projection, bool wholeBatch)
    {
        var (exponents, halfSquare) = Project(keys, projection);
        var over = wholeBatch ? new long[] { 0, 1, 2, 3 } : [1, 2, 3];
        return exp(exponents - halfSquare - exponents.amax(over, keepdim: true)) + Epsilon;
    }
}
