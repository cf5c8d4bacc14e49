using ScFm.Model.Cells;

namespace ScFm.Model.Graphs;

/// <summary>A first layout from the graph alone: the smoothest functions on it.</summary>
/// <remarks>
/// Laplacian eigenmaps (Belkin and Niyogi, 2003) of the symmetric normalised Laplacian I - D^-1/2 A D^-1/2: its eigenvectors
/// after the first, found as the largest of D^-1/2 A D^-1/2.
/// </remarks>
internal static class SpectralLayout
{
    private const double Tolerance = 1e-4;
    private const int KrylovLimit = 400;

    /// <summary>The layout, [cells, components], or null where the graph falls into parts and so has no such functions over all cells.</summary>
    internal static DenseMatrix? Of(CsrMatrix graph, int components, ulong seed, CancellationToken cancel)
    {
        if (graph.Rows <= components + 1 || !IsConnected(graph))
        {
            return null;
        }
        var roots = Array.ConvertAll(graph.RowSums(), s => 1 / Math.Sqrt(s));
        var normalised = new float[graph.Values.Length];
        Parallel.For(0, graph.Rows, row =>
        {
            for (var i = graph.Offsets[row]; i < graph.Offsets[row + 1]; i++)
            {
                normalised[i] = (float)(graph.Values[i] * roots[row] * roots[graph.Indices[i]]);
            }
        });
        var rows = RowMatrix.Of(new CsrMatrix(graph.Rows, graph.Rows, graph.Offsets, graph.Indices, normalised));
        var (_, vectors) = Lanczos.Largest(graph.Rows, components + 1, rows.Times, seed, Tolerance, KrylovLimit, cancel);
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

    private static bool IsConnected(CsrMatrix graph)
    {
        var seen = new bool[graph.Rows];
        var (reached, open) = (1, new Stack<int>([0]));
        seen[0] = true;
        while (open.TryPop(out var cell))
        {
            foreach (var other in graph.RowIndices(cell))
            {
                if (!seen[other])
                {
                    seen[other] = true;
                    reached++;
                    open.Push(other);
                }
            }
        }
        return reached == graph.Rows;
    }
}
