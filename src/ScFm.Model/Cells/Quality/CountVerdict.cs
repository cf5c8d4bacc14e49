namespace ScFm.Model.Cells;

/// <summary>What the values of a matrix are, and why we think so.</summary>
/// <param name="Kind">The verdict.</param>
/// <param name="Evidence">What was seen, in one sentence.</param>
/// <param name="NegativeShare">Share of the stored values that are negative, 0 to 1.</param>
/// <param name="IntegerShare">Share of the stored values that are whole numbers, 0 to 1.</param>
/// <param name="Smallest">The smallest stored value.</param>
/// <param name="Largest">The largest stored value.</param>
/// <param name="LogBase">The base of the logarithm where values were found to be log(1 + x); NaN elsewhere.</param>
public sealed record CountVerdict(CountKind Kind, string Evidence, double NegativeShare, double IntegerShare, double Smallest, double Largest, double LogBase)
{
    /// <summary>The verdict in words.</summary>
    public string Name => Kind switch
    {
        CountKind.Raw => "raw counts",
        CountKind.LogNormalised => "log-normalised",
        CountKind.Normalised => "normalised without a logarithm",
        CountKind.Scaled => "scaled",
        _ => "not valid",
    };

    /// <inheritdoc/>
    public override string ToString() => $"The values are {Name}: {Evidence}";
}
