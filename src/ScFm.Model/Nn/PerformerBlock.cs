using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using Activation = ScFm.Torch.Extras.Kernels.Activation;

namespace ScFm.Model.Nn;

/// <summary>A Performer block with the norms before its two parts (pre-norm) and a GELU feed-forward of four times the width.</summary>
public sealed class PerformerBlock : nn.Module<Tensor, Tensor>
{
    private readonly LayerNorm attention_norm;
    private readonly PerformerAttention attention;
    private readonly LayerNorm feed_forward_norm;
    private readonly Linear w1;
    private readonly Linear w2;

    /// <summary>Makes the block.</summary>
    /// <param name="width">Width of a token.</param>
    /// <param name="heads">Attention heads.</param>
    /// <param name="headWidth">Width of a head.</param>
    public PerformerBlock(long width, long heads, long headWidth) : base(nameof(PerformerBlock))
    {
        attention_norm = nn.LayerNorm(width);
        attention = new PerformerAttention(width, heads, headWidth);
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
    public KeySummary Summarise(Tensor tokens) => attention.Summarise(Dense.Norm(tokens, attention_norm));

    /// <summary>The same for cells that differ from a common set of tokens at a few positions; see <see cref="PerformerAttention.Summarise(Tensor, Tensor, Tensor, Tensor)"/>.</summary>
    public KeySummary Summarise(Tensor common, Tensor own, Tensor positions, Tensor exists) =>
        attention.Summarise(attention_norm.call(common), attention_norm.call(own), positions, exists);

    /// <summary>The block's result for the tokens [B, W, D] that are wanted, given the sums over all of them.</summary>
    public Tensor Ask(Tensor tokens, KeySummary summary)
    {
        tokens = attention.Attend(Dense.Norm(tokens, attention_norm), summary, tokens);
        return Dense.FeedForward(Dense.Norm(tokens, feed_forward_norm), w1, w2, Activation.Gelu, tokens);
    }
}
