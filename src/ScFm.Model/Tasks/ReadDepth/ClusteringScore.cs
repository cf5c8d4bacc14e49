namespace ScFm.Model.Tasks.ReadDepth;

/// <summary>One column of the scores of clustering; of each, higher is better.</summary>
/// <param name="Name">What tables and figures call it.</param>
/// <param name="Of">Its value.</param>
public sealed record ClusteringScore(string Name, Func<ClusteringOutcome, double> Of)
{
    /// <summary>The scores in the order of the tables.</summary>
    public static IReadOnlyList<ClusteringScore> All { get; } =
    [
        new("NMI", outcome => outcome.Nmi),
        new("ARI", outcome => outcome.Ari),
        new("silhouette of types", outcome => outcome.TypeSilhouette),
        new("silhouette of clusters", outcome => outcome.ClusterSilhouette),
    ];
}
