using System.ComponentModel.DataAnnotations;

namespace ScFm.Model.Tasks.Annotation.Annotators;

/// <summary>How cells are compared with the mean of each type.</summary>
public sealed record CentroidOptions
{
    /// <summary>What is compared. Default: cosine.</summary>
    public CentroidSimilarity Similarity { get; init; } = CentroidSimilarity.Cosine;

    /// <summary>
    /// The probabilities are the softmax of similarity / temperature. Similarities of the types lie close together, so a small temperature is needed to tell them apart;
    /// it changes how sure the classifier sounds and never which type is most likely. Above 0. Default: 0.02.
    /// </summary>
    [Range(1e-6, 1e6)] public double Temperature { get; init; } = 0.02;
}
