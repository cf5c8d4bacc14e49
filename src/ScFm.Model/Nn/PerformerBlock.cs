using ScFm.Torch.Extras;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using Activation = ScFm.Torch.Extras.Kernels.Activation;

namespace ScFm.Model.Nn;

/// <summary>A Performer block with the norms before its two parts (pre-norm) and a GELU feed-forward of four times the width.</summary>
public sealed class PerformerBlock : nn.Module<Tensor, Tensor>
{
    private const int RowsAtOnce = 2048;

    private readonly LayerNorm attention_norm;
    private readonly PerformerAttention attention;
    private readonly LayerNorm feed_forward_norm;
    private readonly Linear w1;
    private readonly Linear w2;

    /// <summary>Makes the block.</summary>
    /// <param name="width">Width of a token.</param>
    /// <param name="heads">Attention heads.</param>
    /// <param name="headWidth">Width of a head.</param>
    /// <param name="bias">True where queries, keys and values have a bias. Default: true.</param>
    public PerformerBlock(long width, long heads, long headWidth, bool bias = true) : base(nameof(PerformerBlock))
    {
        attention_norm = nn.LayerNorm(width);
        attention = new PerformerAttention(width, heads, headWidth, bias);
        feed_forward_norm = nn.LayerNorm(width);
        w1 = nn.Linear(width, 4 * width);
        w2 = nn.Linear(4 * width, width);
        RegisterComponents();
    }

    /// <summary>The block's attention.</summary>
    public PerformerAttention Attention => attention;

    /// <summary>Tokens [B, N, D] to tokens [B, N, D].</summary>
    public override Tensor forward(Tensor tokens) => Ask(tokens, Summarise(tokens));

    /// <summary>Sums the keys and values of tokens [B, N, D].</summary>
    public KeySummary Summarise(Tensor tokens) => attention.Summarise(Dense.NormForProducts(tokens, attention_norm));

    /// <summary>The same for cells that differ from a common set of tokens at a few positions; see <see cref="PerformerAttention.Summarise(Tensor, Tensor, Tensor, Tensor)"/>.</summary>
    public KeySummary Summarise(Tensor common, Tensor own, Tensor positions, Tensor exists) =>
        attention.Summarise(attention_norm.call(common), attention_norm.call(own), positions, exists);

    /// <summary>The block's result for the tokens [B, W, D] that are wanted, given the sums over all of them.</summary>
    public Tensor Ask(Tensor tokens, KeySummary summary) => Ask(tokens, attention.Queries(Dense.NormForProducts(tokens, attention_norm)), summary);

    /// <summary>The same for one cell, [1, W, D], without gradients: some rows at a time, so that what one layer writes the next still finds in the cache.</summary>
    /// <param name="tokens">The tokens; the result takes their place.</param>
    /// <param name="queries">Their queries, [1, W, H d]; null makes them.</param>
    /// <param name="summary">The sums over all tokens.</param>
    internal void AskInPlace(Tensor tokens, Tensor? queries, KeySummary summary)
    {
        for (long first = 0, rows = tokens.shape[1]; first < rows; first += RowsAtOnce)
        {
            using var scope = NewDisposeScope();
            var part = tokens.narrow(1, first, Math.Min(RowsAtOnce, rows - first));
            part.copy_(queries is null ? Ask(part, summary) : Ask(part, queries.narrow(1, first, part.shape[1]), summary));
        }
    }

    /// <summary>The normed tokens that queries, keys and values are made of.</summary>
    internal Tensor Normed(Tensor tokens) => Dense.NormForProducts(tokens, attention_norm);

    private Tensor Ask(Tensor tokens, Tensor queries, KeySummary summary)
    {
        if (Kernels.TakeOnCard(tokens)) // the sum and its norm in one pass; on the CPU the sum is part of the product before it
        {
            var (weight, bias, cast) = (feed_forward_norm.weight!, feed_forward_norm.bias!, PrecisionExtensions.CastNow(tokens.device));
            var (normed, sum) = Kernels.AddNorm(tokens, attention.Answer(queries, summary, null), weight, bias, feed_forward_norm.eps, cast);
            return Dense.FeedForward(normed, w1, w2, Activation.Gelu, sum);
        }
        tokens = attention.Answer(queries, summary, tokens);
        return Dense.FeedForward(Dense.Norm(tokens, feed_forward_norm), w1, w2, Activation.Gelu, tokens);
    }
}
