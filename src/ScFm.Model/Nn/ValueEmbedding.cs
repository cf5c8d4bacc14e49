using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ScFm.Model.Nn;

/// <summary>
/// Embeds a continuous expression value as a soft mix of learnt bins ("auto-discretisation"):
/// a small network turns the value into weights over the bins, and the weights mix the bins' vectors.
/// </summary>
/// <remarks>Source: xTrimoGene/scFoundation, Methods, "Embedding module"; reference file mae_autobin.py.</remarks>
public sealed class ValueEmbedding : nn.Module<Tensor, Tensor>
{
    private const double NegativeSlope = 0.1;

    private readonly Linear mlp;
    private readonly Linear mlp2;
    private readonly Embedding emb;
    private readonly Embedding emb_mask;
    private readonly Embedding emb_pad;
    private readonly double alpha;

    /// <summary>Makes the embedding.</summary>
    /// <param name="width">Width of a vector.</param>
    /// <param name="bins">Number of bins. Published: 100.</param>
    /// <param name="alpha">Weight of the residual path in the bins' network. Published: 1.</param>
    public ValueEmbedding(long width, long bins, double alpha = 1.0) : base(nameof(ValueEmbedding))
    {
        mlp = nn.Linear(1, bins);
        mlp2 = nn.Linear(bins, bins);
        emb = nn.Embedding(bins, width);
        emb_mask = nn.Embedding(1, width);
        emb_pad = nn.Embedding(1, width); // unused by us: padding never reaches a result; kept for published checkpoints
        this.alpha = alpha;
        RegisterComponents();
    }

    /// <summary>The vector that stands for a masked value, [1, width].</summary>
    public Tensor Mask => emb_mask.weight!;

    /// <summary>The weights over the bins, [..., bins], of values [...].</summary>
    public Tensor BinWeights(Tensor values)
    {
        var hidden = F.leaky_relu(mlp.call(values.unsqueeze(-1)), NegativeSlope);
        return F.softmax(hidden * alpha + mlp2.call(hidden), -1);
    }

    /// <summary>Values [...] to vectors [..., width].</summary>
    public override Tensor forward(Tensor values) => matmul(BinWeights(values), emb.weight!);
}
