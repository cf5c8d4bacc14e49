using ScFm.Model.Cells;

namespace ScFm.Model.Graphs;

/// <summary>A first layout from the graph alone: the smoothest functions on it.</summary>
/// <remarks>
/// Laplacian eigenmaps (Belkin and Niyogi, 2003): the eigenvectors of the symmetric normalised Laplacian after the first.
/// </remarks>
internal static class SpectralLayout
{
    /// <summary>The layout, [cells, components], or null where the graph falls into parts and so has no such functions over all cells.</summary>
    internal static DenseMatrix? Of(CsrMatrix graph, int components, ulong seed, CancellationToken cancel)
    {
        if (graph.Rows <= components + 1 || GraphSpectrum.Parts(graph).Count > 1)
        {
            return null;
        }
        var vectors = GraphSpectrum.Smoothest(graph, components + 1, seed, cancel);
        var layout = new DenseMatrix(graph.Rows, components);
        for (var component = 0; component < components; component++)
        {
            for (var cell = 0; cell < graph.Rows; cell++)
            {
                layout[cell, component] = (float)vectors[component + 1][cell];
            }
        }
        return layout;
    }
}
