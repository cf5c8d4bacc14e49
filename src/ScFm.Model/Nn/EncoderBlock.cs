using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using Activation = ScFm.Torch.Extras.Kernels.Activation;

namespace ScFm.Model.Nn;

/// <summary>
/// A transformer block with the norms behind the residuals (post-norm) and a ReLU feed-forward: what PyTorch's TransformerEncoderLayer computes, and a layer
/// of BERT with this activation, under the former's parameter names.
/// </summary>
public sealed class EncoderBlock : nn.Module<Tensor, CellRows, Tensor>
{
    private readonly SelfAttention self_attn;
    private readonly Linear linear1;
    private readonly Linear linear2;
    private readonly LayerNorm norm1;
    private readonly LayerNorm norm2;
    private readonly double dropout;
    private readonly double innerDropout;

    /// <summary>Makes the block as PyTorch has it: a feed-forward of four times the width, and one dropout everywhere.</summary>
    /// <param name="width">Width of a token.</param>
    /// <param name="heads">Attention heads; they divide the width.</param>
    /// <param name="dropout">Dropout in training, 0 to 1. Published for scFoundation: 0.1.</param>
    public EncoderBlock(long width, long heads, double dropout)
        : this(new EncoderBlockOptions(width, heads) { Dropout = dropout, AttentionDropout = dropout, InnerDropout = dropout })
    {
    }

    /// <summary>Makes the block.</summary>
    public EncoderBlock(EncoderBlockOptions options) : base(nameof(EncoderBlock))
    {
        Options.Validate(options);
        self_attn = new SelfAttention(options.Width, options.Heads, options.Dropout, options.AttentionDropout);
        linear1 = nn.Linear(options.Width, options.FeedForward);
        linear2 = nn.Linear(options.FeedForward, options.Width);
        norm1 = nn.LayerNorm(options.Width, options.Epsilon);
        norm2 = nn.LayerNorm(options.Width, options.Epsilon);
        (dropout, innerDropout) = (options.Dropout, options.InnerDropout);
        RegisterComponents();
    }

    /// <summary>Tokens [R, D] of some cells to tokens [R, D].</summary>
    public override Tensor forward(Tensor tokens, CellRows cells) => forward(tokens, cells, null);

    /// <summary>The same, where some tokens are attended to by none; see <see cref="SelfAttention"/>.</summary>
    public Tensor forward(Tensor tokens, CellRows cells, Tensor? attended, bool attendsItself = false)
    {
        tokens = Dense.AddNorm(tokens, self_attn.forward(tokens, cells, attended, attendsItself), norm1);
        return Dense.AddNorm(tokens, Dense.FeedForward(tokens, linear1, linear2, Activation.Relu, dropout: training ? dropout : 0, innerDropout: training ? innerDropout : 0), norm2);
    }

    /// <summary>Scales down what the block adds to its input, so that a deep post-norm encoder starts near the identity.</summary>
    public void ScaleResiduals(double factor)
    {
        using var _ = no_grad();
        self_attn.ScaleOutput(factor);
        linear2.weight!.mul_(factor);
    }
}
