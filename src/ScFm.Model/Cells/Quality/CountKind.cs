namespace ScFm.Model.Cells;

/// <summary>What the values of a matrix are.</summary>
public enum CountKind
{
    /// <summary>Raw counts: whole numbers that are not negative.</summary>
    Raw,

    /// <summary>Logarithms of scaled counts, such as log(1 + counts per 10,000).</summary>
    LogNormalised,

    /// <summary>Scaled counts without a logarithm, such as counts per million, or estimated counts.</summary>
    Normalised,

    /// <summary>Centred values, of which many are negative.</summary>
    Scaled,

    /// <summary>Nothing that cells can have: NaN, infinite values, or negative whole numbers.</summary>
    Invalid,
}
