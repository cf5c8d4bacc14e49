using ScFm.Model.Graphs;

namespace ScFm.Model.Metrics;

/// <summary>How much nearer a point is to its own group than to the next: (b - a) / max(a, b), in [-1, 1].</summary>
/// <remarks>
/// a is the mean distance to the other points of the group, b the smallest mean distance to another group; a point alone in its group
/// scores 0 (Rousseeuw, 1987). Time grows with the square of the number of points.
/// </remarks>
public static class Silhouette
{
    /// <summary>Mean over all points.</summary>
    /// <exception cref="ArgumentException">The labels do not fit the points, or there are not 2 to points - 1 groups.</exception>
    public static double Mean<T>(Points points, IReadOnlyList<T> labels, DistanceMetric metric = DistanceMetric.Euclidean) where T : notnull =>
        Samples(points, labels, metric).Average();

    /// <summary>The score of each point.</summary>
    /// <exception cref="ArgumentException">The labels do not fit the points, or there are not 2 to points - 1 groups.</exception>
    public static double[] Samples<T>(Points points, IReadOnlyList<T> labels, DistanceMetric metric = DistanceMetric.Euclidean) where T : notnull
    {
        var (codes, sizes) = Labels.EncodeGroups(labels, points);
        var scores = new double[points.Count];
        Parallel.For(0, points.Count, i =>
        {
            var sums = new double[sizes.Length];
            for (var j = 0; j < points.Count; j++)
            {
                if (j != i)
                {
                    sums[codes[j]] += Points.Distance(points[i], points[j], metric);
                }
            }
            scores[i] = Score(sums, sizes, codes[i]);
        });
        return scores;
    }

    private static double Score(double[] sums, double[] sizes, int own)
    {
        if (sizes[own] == 1)
        {
            return 0;
        }
        var within = sums[own] / (sizes[own] - 1);
        var between = double.PositiveInfinity;
        for (var group = 0; group < sums.Length; group++)
        {
            if (group != own)
            {
                between = Math.Min(between, sums[group] / sizes[group]);
            }
        }
        var larger = Math.Max(within, between);
        return larger == 0 ? 0 : (between - within) / larger;
    }
}
