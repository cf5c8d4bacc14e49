namespace ScFm.Model.Tasks.ReadDepth;

/// <summary>The measures of clusters; of each, higher is better.</summary>
public static class ClusteringMeasures
{
    /// <summary>The measures in the order of the tables.</summary>
    public static IReadOnlyList<Measure<ClusteringOutcome>> All { get; } =
    [
        new("NMI", outcome => outcome.Nmi),
        new("ARI", outcome => outcome.Ari),
        new("silhouette of types", outcome => outcome.TypeSilhouette),
        new("silhouette of clusters", outcome => outcome.ClusterSilhouette),
    ];
}
