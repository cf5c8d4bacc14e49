using ScFm.Torch.Extras;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ScFm.Model.Nn;

/// <summary>Multi-head softmax attention of the tokens of a cell on each other, under the parameter names of PyTorch's MultiheadAttention.</summary>
public sealed class SelfAttention : nn.Module<Tensor, CellRows, Tensor>
{
    private readonly Parameter in_proj_weight;
    private readonly Parameter in_proj_bias;
    private readonly Linear out_proj;
    private readonly long heads;
    private readonly double dropout;
    private readonly double attentionDropout;

    /// <summary>Makes the attention.</summary>
    /// <param name="width">Width of a token.</param>
    /// <param name="heads">Heads; they divide the width.</param>
    /// <param name="dropout">Dropout of the result in training, 0 to 1.</param>
    /// <param name="attentionDropout">Dropout of the attention weights in training, 0 to 1.</param>
    public SelfAttention(long width, long heads, double dropout, double attentionDropout) : base(nameof(SelfAttention))
    {
        in_proj_weight = nn.Parameter(nn.init.xavier_uniform_(empty(3 * width, width)));
        in_proj_bias = nn.Parameter(zeros(3 * width));
        out_proj = nn.Linear(width, width);
        (this.heads, this.dropout, this.attentionDropout) = (heads, dropout, attentionDropout);
        RegisterComponents();
    }

    /// <summary>Tokens [R, D] of some cells to what they take from each other, [R, D].</summary>
    public override Tensor forward(Tensor tokens, CellRows cells) => forward(tokens, cells, null);

    /// <summary>The same, where some tokens are attended to by none.</summary>
    /// <param name="tokens">[R, D].</param>
    /// <param name="cells">Which rows are whose.</param>
    /// <param name="attended">False where a token is not attended to, [R]; null where all are.</param>
    /// <param name="attendsItself">True where such a token is still attended to by itself. Default: false.</param>
    public Tensor forward(Tensor tokens, CellRows cells, Tensor? attended, bool attendsItself = false)
    {
        var drop = training ? attentionDropout : 0;
        var parts = Dense.Linear(tokens, in_proj_weight, in_proj_bias); // [R, 3 D]
        var isTaken = attended is null && Kernels.TakeAttention(parts, parts.shape[1] / 3 / heads) && (drop == 0 || (drop < 1 && parts.device_type == DeviceType.CUDA));
        var mixed = isTaken ? Kernels.Attention(parts, cells.Offsets, heads, drop)
            : attended is null && drop is > 0 and < 1 && DroppedAttention.Take(parts) ? DroppedAttention.Attend(parts, cells.Offsets, heads, drop, DropoutSeed.Draw())
            : Padded(parts, cells, attended, attendsItself, drop); // where a mask or the device asks for it
        return Dense.Linear(mixed, out_proj, dropout: training ? dropout : 0);
    }

    /// <summary>Scales the output projection's weights.</summary>
    public void ScaleOutput(double factor)
    {
        using var _ = no_grad();
        out_proj.weight!.mul_(factor);
    }

    private Tensor Padded(Tensor parts, CellRows cells, Tensor? attended, bool attendsItself, double drop)
    {
        var isPadded = cells.Count < (long)cells.Cells * cells.Longest;
        var mask = (attended is null ? (isPadded ? cells.Exists(parts.device) : null) : cells.Pad(attended))?.view(cells.Cells, 1, 1, -1);
        mask = mask is not null && attendsItself ? mask.logical_or(eye(cells.Longest, dtype: ScalarType.Bool, device: mask.device)) : mask;
        // adding costs less than filling: its gradient passes through
        var added = mask is null ? null : zeros_like(mask, parts.dtype).masked_fill(mask.logical_not(), double.NegativeInfinity);
        // chunks, because the gradient of three chunks is put together in one pass
        var heads = (isPadded ? cells.Pad(parts) : parts.view(cells.Cells, cells.Longest, -1)).chunk(3, -1); // 3 x [B, K, D]
        var mixed = F.scaled_dot_product_attention(Heads(heads[0]), Heads(heads[1]), Heads(heads[2]), added, drop); // [B, H, K, D/H]
        mixed = mixed.transpose(1, 2).flatten(2);
        return isPadded ? cells.Unpad(mixed) : mixed.flatten(0, 1);
    }

    private Tensor Heads(Tensor x) => x.view(x.shape[0], x.shape[1], heads, -1).transpose(1, 2); // [B, H, K, D/H]
}
