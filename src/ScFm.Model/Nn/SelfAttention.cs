using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ScFm.Model.Nn;

/// <summary>Multi-head softmax attention of a set of tokens on itself, under the parameter names of PyTorch's MultiheadAttention.</summary>
public sealed class SelfAttention : nn.Module<Tensor, Tensor?, Tensor>
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

    /// <summary>What is added to the attention scores so that nothing attends to padding: 0 where a token exists [B, K], minus infinity elsewhere; [B, 1, 1, K], of the type of the tokens.</summary>
    /// <remarks>Adding costs less than filling: its gradient passes through.</remarks>
    public static Tensor Mask(Tensor exists, ScalarType type) =>
        zeros_like(exists, type).masked_fill(exists.logical_not(), double.NegativeInfinity).view(exists.shape[0], 1, 1, -1);

    /// <summary>Tokens [B, K, D] and their <see cref="Mask"/>, null where all exist, to tokens [B, K, D].</summary>
    public override Tensor forward(Tensor tokens, Tensor? mask)
    {
        var (batch, length, width) = (tokens.shape[0], tokens.shape[1], tokens.shape[2]);
        // chunks, because the gradient of three chunks is put together in one pass
        var parts = F.linear(tokens, in_proj_weight, in_proj_bias).chunk(3, -1); // 3 x [B, K, D]
        Tensor Heads(Tensor x) => x.view(batch, length, heads, width / heads).transpose(1, 2); // [B, H, K, D/H]
        var mixed = F.scaled_dot_product_attention(Heads(parts[0]), Heads(parts[1]), Heads(parts[2]), mask, training ? dropout : 0); // [B, H, K, D/H]
        return out_proj.call(mixed.transpose(1, 2).reshape(batch, length, width));
    }

    /// <summary>Scales the output projection's weights.</summary>
    public void ScaleOutput(double factor)
    {
        using var _ = no_grad();
        out_proj.weight!.mul_(factor);
    }
}
