namespace ScFm.Model.Metrics;

/// <summary>What a test holds against "no difference".</summary>
public enum Alternative
{
    /// <summary>The first is larger or smaller than the second.</summary>
    TwoSided,

    /// <summary>The first is smaller than the second.</summary>
    Less,

    /// <summary>The first is larger than the second.</summary>
    Greater,
}
