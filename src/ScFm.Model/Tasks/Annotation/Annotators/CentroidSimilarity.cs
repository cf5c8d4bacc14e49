namespace ScFm.Model.Tasks.Annotation.Annotators;

/// <summary>How alike a cell and the mean of a type are, by log1p of counts per 10,000.</summary>
public enum CentroidSimilarity
{
    /// <summary>The cosine of the angle between both.</summary>
    Cosine,

    /// <summary>Pearson's correlation over the genes.</summary>
    Pearson,
}
