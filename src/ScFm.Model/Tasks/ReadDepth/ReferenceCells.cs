using System.Diagnostics;
using ScFm.Model.Cells;
using ScFm.Model.Graphs;
using ScFm.Model.Metrics;

namespace ScFm.Model.Tasks.ReadDepth;

/// <summary>Deep cells with their types, against which views of the shallow ones are clustered and scored.</summary>
/// <param name="Pair">The cells.</param>
/// <param name="Types">The type of each deep cell.</param>
/// <param name="Components">Principal components of the deep cells, [cells, components].</param>
internal sealed record ReferenceCells(DepthPair Pair, string[] Types, DenseMatrix Components)
{
    /// <summary>The column of obs that holds known types.</summary>
    public const string TypeColumn = "type";

    /// <summary>The reference of a pair, with types by Leiden where none are known.</summary>
    public static ReferenceCells Of(DepthPair pair, ClusteringStudyOptions options, CancellationToken cancellation)
    {
        var components = Scaled(CellView.AllReads.See(pair, 0, cancellation), options, cancellation);
        string[] types = pair.Deep.Obs.Find(TypeColumn) is { } known
            ? [.. Enumerable.Range(0, known.Length).Select(known.Text)]
            : Leiden.Cluster(Graph(components, options, cancellation), new LeidenOptions { Resolution = options.ReferenceResolution }).Names;
        return types.Distinct().Count() > 1
            ? new ReferenceCells(pair, types, components)
            : throw new InvalidDataException($"The {pair.Deep.CellCount} cells are all of one type; expected at least two types to tell apart.");
    }

    /// <summary>Clusters what a view shows of the shallow cells.</summary>
    public ClusteringOutcome Cluster(CellView view, int seed, ClusteringStudyOptions options, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        var components = Scaled(view.See(Pair, seed, cancellation), options, cancellation);
        var graph = Graph(components, options, cancellation);
        var wanted = Types.Distinct().Count();
        var found = Leiden.ClusterInto(graph, wanted, new LeidenOptions { Seed = (ulong)seed }, cancellation);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        return new ClusteringOutcome(
            view.Name, view.Fold, seed,
            ClusterAgreement.NormalisedMutualInformation(Types, found.Labels),
            ClusterAgreement.AdjustedRandIndex(Types, found.Labels),
            Separation(components, Types), Separation(Components, found.Labels),
            found.Count, wanted, seconds,
            Umap.Layout(graph, new UmapOptions { Seed = (ulong)seed }, components, cancellation).Values);
    }

    private static DenseMatrix Scaled(DenseMatrix values, ClusteringStudyOptions options, CancellationToken cancellation) =>
        Pca.Fit(values, new PcaOptions { Components = options.Components, Scale = true }, cancellation).Scores;

    private static CsrMatrix Graph(DenseMatrix components, ClusteringStudyOptions options, CancellationToken cancellation) =>
        Connectivities.From(Neighbours.Find(components, new NeighbourOptions { Count = options.Neighbours }, cancellation));

    // The silhouette compares groups: with one group, or as many as cells, there is none.
    private static double Separation<T>(DenseMatrix points, IReadOnlyList<T> groups) where T : notnull =>
        groups.Distinct().Count() is var count && count > 1 && count < points.Rows ? Silhouette.Mean(points, groups) : double.NaN;
}
