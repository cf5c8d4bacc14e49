using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ScFm.Model.Nn;

/// <summary>
/// A transformer block with the norms behind the residuals (post-norm) and a ReLU feed-forward of four times the width:
/// what PyTorch's TransformerEncoderLayer computes, under the same parameter names.
/// </summary>
public sealed class EncoderBlock : nn.Module<Tensor, Tensor?, Tensor>
{
    private readonly SelfAttention self_attn;
    private readonly Linear linear1;
    private readonly Linear linear2;
    private readonly LayerNorm norm1;
    private readonly LayerNorm norm2;
    private readonly double dropout;

    /// <summary>Makes the block.</summary>
    /// <param name="width">Width of a token.</param>
    /// <param name="heads">Attention heads; they divide the width.</param>
    /// <param name="dropout">Dropout in training, 0 to 1. Published: 0.1.</param>
    public EncoderBlock(long width, long heads, double dropout) : base(nameof(EncoderBlock))
    {
        self_attn = new SelfAttention(width, heads, dropout);
        linear1 = nn.Linear(width, 4 * width);
        linear2 = nn.Linear(4 * width, width);
        norm1 = nn.LayerNorm(width);
        norm2 = nn.LayerNorm(width);
        this.dropout = dropout;
        RegisterComponents();
    }

    /// <summary>Tokens [B, K, D] and their <see cref="SelfAttention.Mask"/>, null where all exist, to tokens [B, K, D].</summary>
    public override Tensor forward(Tensor tokens, Tensor? mask)
    {
        tokens = norm1.call(tokens + Drop(self_attn.call(tokens, mask)));
        return norm2.call(tokens + Drop(linear2.call(Drop(F.relu(linear1.call(tokens))))));
    }

    /// <summary>Scales down what the block adds to its input, so that a deep post-norm encoder starts near the identity.</summary>
    public void ScaleResiduals(double factor)
    {
        using var _ = no_grad();
        self_attn.ScaleOutput(factor);
        linear2.weight!.mul_(factor);
    }

    private Tensor Drop(Tensor x) => training && dropout > 0 ? F.dropout(x, dropout) : x;
}
