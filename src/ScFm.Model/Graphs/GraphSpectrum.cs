using ScFm.Model.Cells;

namespace ScFm.Model.Graphs;

/// <summary>The smoothest functions on a graph.</summary>
internal static class GraphSpectrum
{
    private const double Tolerance = 1e-4;
    private const int KrylovLimit = 400;

    /// <summary>
    /// The first eigenvectors of the symmetric normalised Laplacian I - D^-1/2 A D^-1/2, found as the largest of D^-1/2 A D^-1/2: unit vectors. First
    /// come those that show nothing but the parts that the graph falls into, the largest part first.
    /// </summary>
    /// <param name="graph">Symmetric weights that are not negative.</param>
    /// <param name="count">How many, at most the number of nodes.</param>
    /// <param name="seed">Seed of the iteration's first vector.</param>
    /// <param name="cancel">Stops between two products.</param>
    internal static double[][] Smoothest(CsrMatrix graph, int count, ulong seed, CancellationToken cancel)
    {
        var degrees = graph.RowSums();
        var roots = Array.ConvertAll(degrees, d => d > 0 ? 1 / Math.Sqrt(d) : 0);
        var normalised = new float[graph.Values.Length];
        Parallel.For(0, graph.Rows, row =>
        {
            for (var i = graph.Offsets[row]; i < graph.Offsets[row + 1]; i++)
            {
                normalised[i] = (float)(graph.Values[i] * roots[row] * roots[graph.Indices[i]]);
            }
        });
        var rows = RowMatrix.Of(new CsrMatrix(graph.Rows, graph.Rows, graph.Offsets, graph.Indices, normalised));
        // Each part has the eigenvalue 1 once more. A Krylov space has one vector of them all, so these are written down and taken out of the operator.
        var known = Indicators(graph, degrees, count);
        if (known.Length == count)
        {
            return known;
        }
        var rest = Lanczos.Largest(graph.Rows, count - known.Length, vector =>
        {
            var product = rows.Times(vector);
            foreach (var part in known)
            {
                LinearSpace.Add(-LinearSpace.Dot(part, vector), part, product);
            }
            return product;
        }, seed, Tolerance, KrylovLimit, cancel).Vectors;
        return [.. known, .. rest];
    }

    /// <summary>Each node's part of the graph, counted from 0, and the number of parts.</summary>
    internal static (int[] PartOf, int Count) Parts(CsrMatrix graph)
    {
        var partOf = new int[graph.Rows];
        Array.Fill(partOf, -1);
        var (count, open) = (0, new Stack<int>());
        for (var start = 0; start < graph.Rows; start++)
        {
            if (partOf[start] >= 0)
            {
                continue;
            }
            partOf[start] = count;
            open.Push(start);
            while (open.TryPop(out var node))
            {
                foreach (var other in graph.RowIndices(node))
                {
                    if (partOf[other] < 0)
                    {
                        partOf[other] = count;
                        open.Push(other);
                    }
                }
            }
            count++;
        }
        return (partOf, count);
    }

    /// <summary>For each of the largest parts the roots of its nodes' degrees, as a unit vector; the largest part first.</summary>
    private static double[][] Indicators(CsrMatrix graph, double[] degrees, int most)
    {
        var (partOf, _) = Parts(graph);
        return
        [
            .. Enumerable.Range(0, graph.Rows).GroupBy(node => partOf[node]).OrderByDescending(part => part.Count()).Take(most).Select(part =>
            {
                var vector = new double[graph.Rows];
                foreach (var node in part)
                {
                    vector[node] = degrees[node] > 0 ? Math.Sqrt(degrees[node]) : 1;
                }
                LinearSpace.Multiply(vector, 1 / LinearSpace.Norm(vector));
                return vector;
            }),
        ];
    }
}
