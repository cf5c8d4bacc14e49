using ScFm.Torch.Extras;
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

    /// <summary>Places drawn from the distributions, and the divergence of each row from a prior: in one kernel where there is one, in plain operations elsewhere.</summary>
    /// <param name="noise">Standard normal numbers of the same shape; null takes the means.</param>
    /// <param name="prior">The prior, of the same shape; null is the standard normal distribution.</param>
    /// <returns>The places, [B, width], and the divergences, [B].</returns>
    public (Tensor Place, Tensor Divergence) Draw(Tensor? noise, Gaussian? prior = null) => noise is not null && Kernels.Take(Mean)
        ? Kernels.NormalDraw(Mean, Variance, noise, prior?.Mean, prior?.Variance)
        : (noise is null ? Mean : Sample(noise), (prior is null ? DivergenceFromStandard() : DivergenceFrom(prior.Mean, prior.Variance)).sum(1));

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
