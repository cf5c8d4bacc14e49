using static TorchSharp.torch;

namespace ScFm.Model.Models.ScVi;

/// <summary>Independent normal distributions, such as the posterior of cells' latent variables.</summary>
/// <param name="Mean">The means.</param>
/// <param name="Variance">The variances, above 0, of the same shape.</param>
public sealed record Gaussian(Tensor Mean, Tensor Variance)
{
    /// <summary>A draw that gradients pass through.</summary>
    /// <param name="noise">Standard normal numbers of the same shape.</param>
    public Tensor Sample(Tensor noise) => Mean + Variance.sqrt() * noise;

    /// <summary>The Kullback-Leibler divergence of each from a prior, elementwise.</summary>
    /// <param name="priorMean">The prior's means.</param>
    /// <param name="priorVariance">The prior's variances.</param>
    public Tensor DivergenceFrom(Tensor priorMean, Tensor priorVariance)
    {
        var ratio = Variance / priorVariance;
        return (ratio + (Mean - priorMean).square() / priorVariance - 1 - ratio.log()) * 0.5;
    }

    /// <summary>The Kullback-Leibler divergence of each from the standard normal distribution, elementwise.</summary>
    public Tensor DivergenceFromStandard() => (Variance + Mean.square() - 1 - Variance.log()) * 0.5;
}
