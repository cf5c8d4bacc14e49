using static TorchSharp.torch;

namespace ScFm.Model.Models.Scad;

/// <summary>What a SCAD minimises, both parts as scalars.</summary>
/// <param name="Response">Binary cross-entropy of the source samples' labels.</param>
/// <param name="Domain">Binary cross-entropy of where samples and cells come from; the extractor makes it larger.</param>
internal readonly record struct ScadLoss(Tensor Response, Tensor Domain)
{
    /// <summary>Both together.</summary>
    /// <param name="domainWeight">The weight of the domains; it scales what the discriminator learns as well as what reaches the extractor.</param>
    public Tensor Total(double domainWeight) => Response + domainWeight * Domain;
}
