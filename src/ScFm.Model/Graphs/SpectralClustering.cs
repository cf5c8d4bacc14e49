using ScFm.Model.Cells;

namespace ScFm.Model.Graphs;

/// <summary>Parts a graph where few of its weights are cut.</summary>
/// <remarks>Ng, Jordan and Weiss, "On spectral clustering", NIPS 2001: k-means among the rows, made unit vectors, of the first eigenvectors.</remarks>
public static class SpectralClustering
{
    /// <summary>Parts the cells of a graph.</summary>
    /// <param name="graph">Symmetric weights that are not negative, such as those of <see cref="Connectivities"/>, [cells, cells].</param>
    /// <param name="count">Number of clusters, 1 to the number of cells.</param>
    /// <param name="seed">Seed of the eigenvectors' iteration and of k-means. Default: 0.</param>
    /// <param name="cancel">Stops between two steps.</param>
    /// <returns>Each cell's cluster, counted from 0.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are not as many cells as clusters.</exception>
    public static int[] Cluster(CsrMatrix graph, int count, ulong seed = 0, CancellationToken cancel = default)
    {
        if (count < 1 || count > graph.Rows)
        {
            throw new ArgumentOutOfRangeException(nameof(count), $"{count} clusters were asked of {graph.Rows} cells; expected 1 to as many as there are cells.");
        }
        var vectors = GraphSpectrum.Smoothest(graph, count, seed, cancel);
        var places = new DenseMatrix(graph.Rows, count);
        for (var cell = 0; cell < graph.Rows; cell++)
        {
            var length = Math.Sqrt(vectors.Sum(v => v[cell] * v[cell]));
            for (var i = 0; i < count; i++)
            {
                places[cell, i] = length > 0 ? (float)(vectors[i][cell] / length) : 0;
            }
        }
        return KMeans.Cluster(places, count, seed, cancel);
    }
}
