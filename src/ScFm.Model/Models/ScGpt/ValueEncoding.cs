namespace ScFm.Model.Models.ScGpt;

/// <summary>How the bin of a gene's value becomes a vector.</summary>
public enum ValueEncoding
{
    /// <summary>Two layers make a vector of the bin's number; near bins are near each other.</summary>
    Continuous,

    /// <summary>Each bin has a vector of its own.</summary>
    Category,
}
