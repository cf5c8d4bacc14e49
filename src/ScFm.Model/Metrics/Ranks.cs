namespace ScFm.Model.Metrics;

/// <summary>Ranks of values.</summary>
public static class Ranks
{
    /// <summary>Ranks from 1 in ascending order; equal values share the mean of their ranks.</summary>
    public static double[] Average(ReadOnlySpan<double> values)
    {
        var sorted = values.ToArray();
        var order = Enumerable.Range(0, sorted.Length).ToArray();
        Array.Sort(sorted, order);
        var ranks = new double[sorted.Length];
        for (var start = 0; start < sorted.Length;)
        {
            var end = start + 1;
            while (end < sorted.Length && sorted[end] == sorted[start])
            {
                end++;
            }
            foreach (var i in order.AsSpan(start..end))
            {
                ranks[i] = (start + 1 + end) / 2.0;
            }
            start = end;
        }
        return ranks;
    }

    /// <summary>How many values are equal, for each value that comes more than once.</summary>
    internal static int[] Ties(ReadOnlySpan<double> values) =>
        [.. values.ToArray().GroupBy(value => value).Select(group => group.Count()).Where(count => count > 1)];

    /// <summary>The sum of t³ - t over groups of t equal values, by which ties lower the variance of rank sums.</summary>
    internal static double TieCubes(ReadOnlySpan<double> values) => Ties(values).Sum(count => (double)count * count * count - count);
}
