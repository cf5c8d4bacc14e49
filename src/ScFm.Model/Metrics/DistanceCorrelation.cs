namespace ScFm.Model.Metrics;

/// <summary>Whether two sets of coordinates of the same things depend on each other in any way, linear or not.</summary>
/// <remarks>Székely, Rizzo and Bakirov, Annals of Statistics 35 (2007); the V-statistic, which is biased upwards for few points. Time and memory grow with the square of their number.</remarks>
public static class DistanceCorrelation
{
    /// <summary>The distance correlation, in [0, 1]; 0 where a side does not vary.</summary>
    /// <param name="a">One point a thing.</param>
    /// <param name="b">The same things' other points, in the same order.</param>
    /// <exception cref="ArgumentException">The numbers of points differ.</exception>
    public static double Of(Points a, Points b)
    {
        if (a.Count != b.Count)
        {
            throw new ArgumentException($"There are {a.Count} and {b.Count} points; expected as many of each.");
        }
        var (x, y) = (Centred(a), Centred(b));
        double Mean(double[] left, double[] right) => left.Zip(right, (l, r) => l * r).Average();
        var scale = Math.Sqrt(Mean(x, x) * Mean(y, y));
        return scale > 0 ? Math.Sqrt(Math.Max(0, Mean(x, y)) / scale) : 0;
    }

    // All distances, with the means of rows and columns taken out.
    private static double[] Centred(Points points)
    {
        var n = points.Count;
        var distances = new double[n * n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                distances[i * n + j] = Math.Sqrt(Points.Squared(points[i], points[j]));
            }
        }
        double[] means = [.. Enumerable.Range(0, n).Select(i => distances.AsSpan(i * n, n).ToArray().Average())];
        var mean = means.Average();
        for (var i = 0; i < distances.Length; i++)
        {
            distances[i] += mean - means[i / n] - means[i % n];
        }
        return distances;
    }
}
