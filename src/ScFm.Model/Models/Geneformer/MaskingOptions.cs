using System.ComponentModel.DataAnnotations;

namespace ScFm.Model.Models.Geneformer;

/// <summary>How tokens are hidden from a Geneformer in training; the defaults are BERT's.</summary>
/// <remarks>Source: Devlin et al. 2019, section 3.1; Geneformer (Theodoris et al. 2023), Methods, "Geneformer pretraining".</remarks>
public sealed record MaskingOptions
{
    /// <summary>The share of a cell's tokens that is to be predicted, above 0, at most 1. Default: 0.15.</summary>
    [Range(1e-6, 1)] public double Share { get; init; } = 0.15;

    /// <summary>Of these, the share that the mask takes the place of, 0 to 1. Default: 0.8.</summary>
    [Range(0, 1)] public double MaskShare { get; init; } = 0.8;

    /// <summary>Of these, the share that a random gene takes the place of, 0 to 1; the rest stays as it is. Default: 0.1.</summary>
    [Range(0, 1)] public double RandomShare { get; init; } = 0.1;

    /// <summary>Checks every range, and that the shares leave nothing below 0.</summary>
    /// <exception cref="ArgumentException">A value is not allowed.</exception>
    public MaskingOptions Validated() => Options.Validate(this).MaskShare + RandomShare <= 1 + 1e-12
        ? this
        : throw new ArgumentException(FormattableString.Invariant($"MaskShare is {MaskShare} and RandomShare {RandomShare}; expected at most 1 together."));
}
