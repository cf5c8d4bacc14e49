using static TorchSharp.torch;

namespace ScFm.Model.Models.ScVi;

/// <summary>The parts of the evidence lower bound of some cells, each [B].</summary>
/// <param name="LogProbability">The logarithm of the probability of the counts, given the drawn latent variables.</param>
/// <param name="LatentDivergence">The divergence of the latent space from its prior, the standard normal distribution.</param>
/// <param name="LibraryDivergence">The divergence of the library size from its prior; null where it is observed.</param>
public sealed record EvidenceBound(Tensor LogProbability, Tensor LatentDivergence, Tensor? LibraryDivergence)
{
    /// <summary>The negative bound of each cell, [B].</summary>
    /// <param name="latentWeight">Weight of the latent space's divergence; the library's always has 1, as in the reference. Default: 1.</param>
    public Tensor Loss(double latentWeight = 1)
    {
        var loss = LatentDivergence * latentWeight - LogProbability;
        return LibraryDivergence is null ? loss : loss + LibraryDivergence;
    }
}
