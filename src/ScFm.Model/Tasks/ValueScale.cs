namespace ScFm.Model.Tasks;

/// <summary>What the values of the matrix are.</summary>
/// <remarks>Source: get_embedding.py of the reference, option pre_normalized.</remarks>
public enum ValueScale
{
    /// <summary>Raw counts; for bulk also counts per million and the like. F of the reference. Default.</summary>
    Counts,

    /// <summary>log1p of counts per 10,000. T of the reference.</summary>
    LogNormalised,

    /// <summary>log1p of counts per 10,000, and each sample's total count in a column of its own. A of the reference.</summary>
    LogNormalisedWithTotals,
}
