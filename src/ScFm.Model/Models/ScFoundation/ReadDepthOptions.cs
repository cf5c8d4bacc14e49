using System.ComponentModel.DataAnnotations;

namespace ScFm.Model.Models.ScFoundation;

/// <summary>How training cells are thinned and masked.</summary>
/// <remarks>Source: scFoundation, Methods, "Read-depth-aware pretraining", and the published options; the text's 30% for zeros is 3% in those.</remarks>
public sealed record ReadDepthOptions
{
    /// <summary>Probability that a cell is thinned at all, 0 to 1. Default: 0.5.</summary>
    [Range(0, 1)] public double ThinnedShare { get; init; } = 0.5;

    /// <summary>Both parameters of the Beta distribution that the rate of thinning is drawn from, above 0. Default: 2.</summary>
    [Range(1e-3, 1e3)] public double RateShape { get; init; } = 2;

    /// <summary>Cells with fewer counts are never thinned. Default: 1,000.</summary>
    [Range(0, double.MaxValue)] public double LeastCounts { get; init; } = 1000;

    /// <summary>Share of the expressed genes that is masked, 0 to 1. Default: 0.3.</summary>
    [Range(0, 1)] public double MaskedExpressed { get; init; } = 0.3;

    /// <summary>Share of the unexpressed genes that is masked, 0 to 1. Default: 0.03.</summary>
    [Range(0, 1)] public double MaskedZeros { get; init; } = 0.03;

    /// <summary>Share of the masked genes whose value becomes the mask vector. Default: 0.8.</summary>
    [Range(0, 1)] public double Replaced { get; init; } = 0.8;

    /// <summary>Share of the masked genes whose value becomes that of another expressed gene of the cell; the rest keep theirs. Default: 0.1.</summary>
    [Range(0, 1)] public double Randomised { get; init; } = 0.1;

    /// <summary>Checks every range and that no more than all masked genes are replaced or randomised.</summary>
    /// <exception cref="ArgumentException">A value is out of range; the message says which and what is allowed.</exception>
    public ReadDepthOptions Validated()
    {
        Options.Validate(this);
        return Replaced + Randomised <= 1
            ? this
            : throw new ArgumentException(FormattableString.Invariant($"Replaced + Randomised is {Replaced + Randomised:0.###}; expected at most 1: they share the masked genes."));
    }
}
