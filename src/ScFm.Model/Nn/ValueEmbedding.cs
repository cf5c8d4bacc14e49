using ScFm.Torch.Extras;
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

    // Bins' scores are tens of units apart. Were the hidden values as large, an optimizer that moves each weight of the second layer alike (Adam) would move
    // the scores by more than that in a step, and all larger values would fall into one bin: the second layer multiplies instead. At this gain a step of
    // either layer moves the scores about as far.
    private const double SpreadGain = 25;

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

    /// <summary>
    /// Spreads the bins evenly over the values from 0 to <paramref name="largest"/>, and gives neighbouring bins like vectors, so that from the
    /// first step on near values look alike and far ones do not. A bin's weight falls off as a Gaussian of the distance to its centre c:
    /// exp(-(x - c)^2 / 2 s^2) is, up to a factor that the softmax cancels, exp(c x / s^2 - c^2 / 2 s^2), which is linear in x.
    /// </summary>
    /// <param name="largest">The largest value to expect, above 0.</param>
    /// <param name="width">Standard deviation s of a bin, in the same unit.</param>
    public void SpreadBins(double largest, double width)
    {
        const int Waves = 8;
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var bins = emb.weight!.shape[0];
        var centres = linspace(0, largest, bins);
        var square = width * width;
        mlp.weight!.copy_((centres / (square * SpreadGain)).unsqueeze(1));
        // the constant keeps the leaky ReLU on its linear side; the softmax does not see it
        mlp.bias!.copy_(((largest * largest - centres.square()) / (2 * square) + 1) / SpreadGain);
        mlp2.weight!.mul_(0.01).add_(eye(bins, device: mlp2.weight!.device) * (SpreadGain - alpha));
        mlp2.bias!.zero_();
        var waves = cos(centres.unsqueeze(1) * arange(1, Waves + 1) * (Math.PI / largest)); // [bins, waves]
        emb.weight!.copy_(matmul(waves, randn(Waves, emb.weight!.shape[1])) * 0.5);
    }

    /// <summary>The weights over the bins, [..., bins], of values [...].</summary>
    public Tensor BinWeights(Tensor values)
    {
        if (Kernels.TakeOnCard(values) && values.dtype == ScalarType.Float32 && mlp.bias!.shape[0] <= Kernels.MostBins)
        {
            return Kernels.BinWeights(values, mlp.weight!, mlp.bias!, mlp2.weight!, mlp2.bias!, alpha, NegativeSlope);
        }
        var hidden = F.leaky_relu(mlp.call(values.unsqueeze(-1)), NegativeSlope);
        return F.softmax(Dense.Linear(hidden, mlp2, alpha == 1 ? hidden : hidden * alpha), -1);
    }

    /// <summary>Values [...] to vectors [..., width].</summary>
    public override Tensor forward(Tensor values) => Dense.Linear(BinWeights(values), emb.weight!.t(), bias: null);
}
