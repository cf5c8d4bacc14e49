namespace ScFm.Model.Metrics;

/// <summary>What mutual information is divided by: an average of the two labellings' entropies.</summary>
public enum InformationAverage
{
    /// <summary>Half their sum.</summary>
    Arithmetic,

    /// <summary>Root of their product.</summary>
    Geometric,

    /// <summary>The larger.</summary>
    Maximum,

    /// <summary>The smaller.</summary>
    Minimum,
}
