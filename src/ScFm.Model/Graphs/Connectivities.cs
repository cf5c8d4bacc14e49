using ScFm.Model.Cells;

namespace ScFm.Model.Graphs;

/// <summary>UMAP's fuzzy graph of cells: how surely two cells are neighbours, the weights on which Leiden and the layout work.</summary>
/// <remarks>McInnes, Healy and Melville, "UMAP", arXiv:1802.03426, section 3.1 and algorithms 2 and 3; local connectivity 1, as scanpy and umap-learn.</remarks>
public static class Connectivities
{
    private const int BisectionSteps = 64;
    private const double Tolerance = 1e-5;

    // A bandwidth is at least this share of a mean distance.
    private const double SmallestBandwidth = 1e-3;

    /// <summary>Makes the symmetric graph, [cells, cells], with weights in (0, 1] and nothing on the diagonal.</summary>
    public static CsrMatrix From(Neighbours neighbours)
    {
        var directed = new SortedList<int, float>[neighbours.CellCount];
        var meanDistance = neighbours.Distances.Average(d => (double)d);
        Parallel.For(0, neighbours.CellCount, cell => directed[cell] = Memberships(neighbours, cell, meanDistance));
        return Union(directed);
    }

    // Algorithm 3: w = exp(-(d - rho) / sigma), with sigma such that the weights sum to log2 of the number of neighbours.
    private static SortedList<int, float> Memberships(Neighbours neighbours, int cell, double meanDistance)
    {
        var distances = neighbours.DistancesOf(cell);
        var rho = 0.0;
        foreach (var distance in distances)
        {
            if (distance > 0)
            {
                rho = distance;
                break;
            }
        }
        var sigma = Bandwidth(distances, rho, meanDistance);
        var weights = new SortedList<int, float>(distances.Length);
        for (var i = 1; i < distances.Length; i++)
        {
            var weight = distances[i] <= rho ? 1f : (float)Math.Exp(-(distances[i] - rho) / sigma);
            if (weight > 0)
            {
                weights.Add(neighbours.Of(cell)[i], weight);
            }
        }
        return weights;
    }

    private static double Bandwidth(ReadOnlySpan<float> distances, double rho, double meanDistance)
    {
        var target = Math.Log2(distances.Length);
        var (low, high, sigma) = (0.0, double.PositiveInfinity, 1.0);
        for (var step = 0; step < BisectionSteps; step++)
        {
            var sum = 0.0;
            for (var i = 1; i < distances.Length; i++)
            {
                sum += distances[i] > rho ? Math.Exp(-(distances[i] - rho) / sigma) : 1;
            }
            if (Math.Abs(sum - target) < Tolerance)
            {
                break;
            }
            if (sum > target)
            {
                high = sigma;
                sigma = (low + high) / 2;
            }
            else
            {
                low = sigma;
                sigma = double.IsInfinity(high) ? sigma * 2 : (low + high) / 2;
            }
        }
        var own = 0.0;
        foreach (var distance in distances)
        {
            own += distance;
        }
        return Math.Max(sigma, SmallestBandwidth * (rho > 0 ? own / distances.Length : meanDistance));
    }

    // The probabilistic union (t-conorm) of both directions: a + b - ab.
    private static CsrMatrix Union(SortedList<int, float>[] directed)
    {
        var reverse = new List<int>[directed.Length];
        for (var cell = 0; cell < directed.Length; cell++)
        {
            reverse[cell] = [];
        }
        for (var cell = 0; cell < directed.Length; cell++)
        {
            foreach (var other in directed[cell].Keys)
            {
                reverse[other].Add(cell);
            }
        }
        var rows = new (int[] Indices, float[] Values)[directed.Length];
        Parallel.For(0, directed.Length, cell =>
        {
            int[] indices = [.. directed[cell].Keys.Union(reverse[cell]).Order()];
            rows[cell] = (indices, Array.ConvertAll(indices, other =>
            {
                var (forth, back) = (directed[cell].GetValueOrDefault(other), directed[other].GetValueOrDefault(cell));
                return forth + back - forth * back;
            }));
        });
        var offsets = new long[directed.Length + 1];
        for (var cell = 0; cell < directed.Length; cell++)
        {
            offsets[cell + 1] = offsets[cell] + rows[cell].Indices.Length;
        }
        return new CsrMatrix(directed.Length, directed.Length, offsets, [.. rows.SelectMany(r => r.Indices)], [.. rows.SelectMany(r => r.Values)]);
    }
}
