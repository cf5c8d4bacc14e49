namespace ScFm.Model.Tasks.ReadDepth;

/// <summary>How one view of the cells was clustered with one seed.</summary>
/// <param name="View">The view.</param>
/// <param name="Fold">T / S, where the view is told a depth.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Nmi">Normalised mutual information of clusters and reference types, 0 to 1.</param>
/// <param name="Ari">Adjusted Rand index of clusters and reference types, at most 1.</param>
/// <param name="TypeSilhouette">Silhouette of the reference types in the view's own principal components, -1 to 1.</param>
/// <param name="ClusterSilhouette">Silhouette of the clusters in the principal components of the deep cells, as the published notebooks compute it; NaN for one cluster.</param>
/// <param name="Clusters">Clusters found.</param>
/// <param name="Types">Reference types, which is how many clusters were sought.</param>
/// <param name="Seconds">Wall time of making the view and clustering it.</param>
/// <param name="Layout">UMAP of the view, x and y of each cell.</param>
public sealed record ClusteringOutcome(
    string View, double? Fold, int Seed, double Nmi, double Ari, double TypeSilhouette, double ClusterSilhouette, int Clusters, int Types, double Seconds, float[] Layout);
