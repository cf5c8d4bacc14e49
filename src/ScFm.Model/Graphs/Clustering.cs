using ScFm.Model.Cells;

namespace ScFm.Model.Graphs;

/// <summary>Neighbours, clusters and layout of cells in one call, with scanpy's defaults.</summary>
public static class Clustering
{
    /// <summary>Maps cells by a representation of them: principal components or a model's embedding.</summary>
    /// <example>
    /// <code>
    /// var map = Clustering.Run(cells.Obsm["X_scfm"], new() { Resolution = 0.6 });
    /// cells.Obsm["X_umap"] = map.Layout;
    /// Console.WriteLine(map.Clusters);
    /// </code>
    /// </example>
    /// <param name="representation">A row for each cell, [cells, features].</param>
    /// <param name="options">How. Default: as scanpy.</param>
    /// <param name="progress">Hears what is being done.</param>
    /// <param name="cancel">Stops between and within the steps.</param>
    /// <exception cref="ArgumentException">There are fewer than two cells, or a value is not finite.</exception>
    public static CellMap Run(
        DenseMatrix representation, ClusterOptions? options = null, IProgress<string>? progress = null, CancellationToken cancel = default)
    {
        options ??= new();
        if (options.Components < representation.Columns)
        {
            progress?.Report("principal components");
            representation = Pca.Fit(representation, new() { Components = options.Components.Value, Seed = options.Seed }, cancel).Scores;
        }
        progress?.Report("neighbours");
        var neighbours = Neighbours.Find(
            representation, new() { Count = options.Neighbours, Metric = options.Metric, Seed = options.Seed }, cancel);
        var graph = Connectivities.From(neighbours);
        progress?.Report(Leiden.IsAvailable ? "clusters" : "no clusters: igraph's library is not installed (Debian: apt-get install libigraph3)");
        var clusters = Leiden.IsAvailable ? Clusters(graph, options, cancel) : null;
        progress?.Report("layout");
        var layout = Umap.Layout(graph, new() { MinDistance = options.MinDistance, Seed = options.Seed }, representation, cancel);
        return new CellMap(representation, neighbours, graph, clusters, layout);
    }

    private static Partition Clusters(CsrMatrix graph, ClusterOptions options, CancellationToken cancel)
    {
        var leiden = new LeidenOptions { Resolution = options.Resolution, Seed = options.Seed };
        return options.Clusters is { } wanted ? Leiden.ClusterInto(graph, wanted, leiden, cancel) : Leiden.Cluster(graph, leiden);
    }
}
