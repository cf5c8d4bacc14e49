using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ScFm.Model.Nn;

/// <summary>Multi-head softmax attention of a set of tokens on itself, under the parameter names of PyTorch's MultiheadAttention.</summary>
public sealed class SelfAttention : nn.Module<Tensor, Tensor, Tensor>
{
    private readonly Parameter in_proj_weight;
    private readonly Parameter in_proj_bias;
    private readonly Linear out_proj;
    private readonly long heads;
    private readonly double dropout;

    /// <summary>Makes the attention.</summary>
    /// <param name="width">Width of a token.</param>
    /// <param name="heads">Heads; they divide the width.</param>
    /// <param name="dropout">Dropout of the attention weights in training, 0 to 1.</param>
    public SelfAttention(long width, long heads, double dropout) : base(nameof(SelfAttention))
    {
        in_proj_weight = nn.Parameter(nn.init.xavier_uniform_(empty(3 * width, width)));
        in_proj_bias = nn.Parameter(zeros(3 * width));
        out_proj = nn.Linear(width, width);
        (this.heads, this.dropout) = (heads, dropout);
        RegisterComponents();
    }

    /// <summary>Tokens [B, K, D] and which of them exist [B, K] to tokens [B, K, D].</summary>
    public override Tensor forward(Tensor tokens, Tensor exists)
    {
        var (batch, length, width) = (tokens.shape[0], tokens.shape[1], tokens.shape[2]);
        var heads3 = F.linear(tokens, in_proj_weight, in_proj_bias)
            .view(batch, length, 3, heads, width / heads).permute(2, 0, 3, 1, 4); // [3, B, H, K, D/H]
        var mixed = F.scaled_dot_product_attention(
            heads3[0], heads3[1], heads3[2], exists.view(batch, 1, 1, length), training ? dropout : 0); // [B, H, K, D/H]
        return out_proj.call(mixed.transpose(1, 2).reshape(batch, length, width));
    }
}
