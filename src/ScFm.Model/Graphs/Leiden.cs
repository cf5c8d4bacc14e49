using ScFm.Model.Cells;
using ScFm.Model.Interop;

namespace ScFm.Model.Graphs;

/// <summary>Clusters of cells by Leiden's method, run by igraph's C library where that is installed.</summary>
/// <remarks>Traag, Waltman and van Eck, "From Louvain to Leiden", Scientific Reports 9:5233, 2019.</remarks>
public static class Leiden
{
    // As the notebooks of the scFoundation paper: the resolution is sought in 0 to 3, in 20 steps.
    private const double LargestResolution = 3;
    private const int BisectionSteps = 20;

    /// <summary>Whether igraph's library is on this machine.</summary>
    public static bool IsAvailable => IgraphLibrary.IsAvailable;

    /// <summary>Clusters the cells of a graph.</summary>
    /// <param name="graph">Symmetric weights of <see cref="Connectivities"/>, [cells, cells]; the diagonal is ignored.</param>
    /// <param name="options">How. Default: as scanpy.</param>
    /// <exception cref="ArgumentException">The graph is not square, or a weight is negative or not finite.</exception>
    /// <exception cref="DllNotFoundException">igraph's library is not on this machine.</exception>
    public static Partition Cluster(CsrMatrix graph, LeidenOptions? options = null)
    {
        options ??= new();
        options.Validate();
        using var held = Hold(graph);
        return Cluster(held, options);
    }

    /// <summary>Seeks the resolution that gives a wanted number of clusters, by bisection between 0 and 3 as the scFoundation paper does.</summary>
    /// <param name="graph">Symmetric weights of <see cref="Connectivities"/>, [cells, cells].</param>
    /// <param name="clusters">Number of clusters wanted, at least 1.</param>
    /// <param name="options">How; the resolution given there is not used.</param>
    /// <param name="cancel">Stops between two runs.</param>
    /// <returns>The clusters; where no resolution tried gives the wanted number, those of the nearest number found (see <see cref="Partition.Count"/>).</returns>
    /// <exception cref="DllNotFoundException">igraph's library is not on this machine.</exception>
    public static Partition ClusterInto(CsrMatrix graph, int clusters, LeidenOptions? options = null, CancellationToken cancel = default)
    {
        options ??= new();
        options.Validate();
        ArgumentOutOfRangeException.ThrowIfLessThan(clusters, 1);
        using var held = Hold(graph);
        var (low, high) = (0.0, LargestResolution);
        Partition? best = null;
        for (var step = 0; step < BisectionSteps && best?.Count != clusters; step++)
        {
            cancel.ThrowIfCancellationRequested();
            var found = Cluster(held, options with { Resolution = (low + high) / 2 });
            if (best is null || Math.Abs(found.Count - clusters) < Math.Abs(best.Count - clusters))
            {
                best = found;
            }
            (low, high) = found.Count > clusters ? (low, found.Resolution) : (found.Resolution, high);
        }
        return best!;
    }

    private static IgraphGraph Hold(CsrMatrix graph)
    {
        if (graph.Rows != graph.Columns)
        {
            throw new ArgumentException($"The graph is {graph.Rows} x {graph.Columns}; expected a square matrix of weights.", nameof(graph));
        }
        if (Array.FindIndex(graph.Indices, i => i < 0 || i >= graph.Columns) is var edge and >= 0)
        {
            throw new ArgumentException($"The graph of {graph.Rows} cells has an edge to cell {graph.Indices[edge]}; expected 0 to {graph.Rows - 1}.", nameof(graph));
        }
        // igraph would not come to an end with a weight that is not a number.
        if (Array.FindIndex(graph.Values, w => !(float.IsFinite(w) && w >= 0)) is var bad and >= 0)
        {
            throw new ArgumentException($"The graph has a weight of {graph.Values[bad]}; expected finite weights of at least 0.", nameof(graph));
        }
        return new IgraphGraph(graph);
    }

    private static Partition Cluster(IgraphGraph graph, LeidenOptions options)
    {
        var modularity = options.Objective == LeidenObjective.Modularity;
        // igraph's quality is the sum of A_ij - resolution n_i n_j over pairs in a cluster; with the nodes' strengths for n this
        // is modularity when the resolution is divided by the sum of strengths, 2m.
        var resolution = modularity && graph.TotalWeight > 0 ? options.Resolution / (2 * graph.TotalWeight) : options.Resolution;
        var (membership, quality) = graph.Leiden(
            modularity ? graph.Strengths : null, resolution, options.Iterations, options.Randomness, options.Seed);
        return Partition.From(membership, options.Resolution, quality);
    }
}
