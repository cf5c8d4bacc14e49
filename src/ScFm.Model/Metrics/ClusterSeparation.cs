namespace ScFm.Model.Metrics;

/// <summary>How well groups of points are set apart, by their centroids.</summary>
/// <remarks>The values and the degenerate cases are scikit-learn's.</remarks>
public static class ClusterSeparation
{
    /// <summary>Calinski and Harabasz's variance ratio (1974), at least 0, higher is better: (B / (k - 1)) / (W / (n - k)) of the squared distances between and within k groups.</summary>
    /// <exception cref="ArgumentException">The labels do not fit the points, or there are not 2 to points - 1 groups.</exception>
    public static double CalinskiHarabasz<T>(Points points, IReadOnlyList<T> labels) where T : notnull
    {
        var (codes, sizes) = Labels.EncodeGroups(labels, points);
        var centroids = Centroids(points, codes, sizes);
        var centre = Centroids(points, new int[points.Count], [points.Count])[0];
        var between = centroids.Select((c, group) => sizes[group] * Points.Squared(c, centre)).Sum();
        var within = Enumerable.Range(0, points.Count).Sum(i => Points.Squared(points[i], centroids[codes[i]]));
        return within == 0 ? 1 : between * (points.Count - sizes.Length) / (within * (sizes.Length - 1.0));
    }

    /// <summary>Davies and Bouldin's index (1979), at least 0, lower is better: the mean over groups of the largest (s_i + s_j) / d_ij, with s the mean distance to the own centroid and d that between centroids.</summary>
    /// <exception cref="ArgumentException">The labels do not fit the points, or there are not 2 to points - 1 groups.</exception>
    public static double DaviesBouldin<T>(Points points, IReadOnlyList<T> labels) where T : notnull
    {
        var (codes, sizes) = Labels.EncodeGroups(labels, points);
        var centroids = Centroids(points, codes, sizes);
        var scatter = new double[sizes.Length];
        for (var i = 0; i < points.Count; i++)
        {
            scatter[codes[i]] += Math.Sqrt(Points.Squared(points[i], centroids[codes[i]])) / sizes[codes[i]];
        }
        var sum = 0.0;
        for (var i = 0; i < centroids.Length; i++)
        {
            var worst = 0.0;
            for (var j = 0; j < centroids.Length; j++)
            {
                // Groups whose centroids coincide are left out of the comparison.
                var distance = Math.Sqrt(Points.Squared(centroids[i], centroids[j]));
                worst = distance > 0 ? Math.Max(worst, (scatter[i] + scatter[j]) / distance) : worst;
            }
            sum += worst;
        }
        return sum / centroids.Length;
    }

    private static double[][] Centroids(Points points, int[] codes, double[] sizes)
    {
        var centroids = Array.ConvertAll(sizes, _ => new double[points.Dimensions]);
        for (var i = 0; i < points.Count; i++)
        {
            for (var d = 0; d < points.Dimensions; d++)
            {
                centroids[codes[i]][d] += points[i][d] / sizes[codes[i]];
            }
        }
        return centroids;
    }
}
