using MathNet.Numerics.Distributions;

namespace ScFm.Model.Metrics;

/// <summary>A comparison of two series by ranks, which asks for no distribution.</summary>
/// <param name="Statistic">Wilcoxon: the smaller of the two rank sums. Mann-Whitney: U of the first group.</param>
/// <param name="PValue">Two-sided; NaN where nothing can be told.</param>
public readonly record struct RankTest(double Statistic, double PValue)
{
    private const int LargestExactPairs = 50;
    private const int LargestExactGroup = 8;

    /// <summary>Two measurements of each thing: the ranks of the differences, those of zero left out (Wilcoxon 1945).</summary>
    /// <remarks>Exact for up to 50 pairs of which no difference is zero or equal to another in size; by the normal distribution, corrected for ties, elsewhere.</remarks>
    /// <param name="a">One value a thing.</param>
    /// <param name="b">The same thing's other value, in the same order.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static RankTest Wilcoxon(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        if (a.Length != b.Length)
        {
            throw new ArgumentException($"The two series have {a.Length} and {b.Length} values; expected as many of each, in pairs.");
        }
        var differences = new double[a.Length];
        for (var i = 0; i < a.Length; i++)
        {
            differences[i] = a[i] - b[i];
        }
        double[] kept = [.. differences.Where(value => value != 0)];
        var sizes = Array.ConvertAll(kept, Math.Abs);
        var ranks = Ranks.Average(sizes);
        double n = kept.Length;
        var above = ranks.Where((_, i) => kept[i] > 0).Sum();
        var statistic = Math.Min(above, n * (n + 1) / 2 - above);
        if (kept.Length == 0)
        {
            return new RankTest(0, double.NaN);
        }
        var ties = Ranks.TieCubes(sizes);
        if (kept.Length == a.Length && kept.Length <= LargestExactPairs && ties == 0)
        {
            return new RankTest(statistic, Math.Min(1, 2 * ShareOfSubsets(kept.Length, (int)statistic)));
        }
        var deviation = Math.Sqrt((n * (n + 1) * (2 * n + 1) - ties / 2) / 24);
        return new RankTest(statistic, 2 * Normal.CDF(0, 1, (statistic - n * (n + 1) / 4) / deviation));
    }

    /// <summary>Two independent groups: how often a value of the first is above one of the second (Mann and Whitney 1947).</summary>
    /// <remarks>Exact where the smaller group has up to 8 values and none is equal to another; by the normal distribution, corrected for ties and for steps of one, elsewhere.</remarks>
    /// <param name="a">The first group.</param>
    /// <param name="b">The second group.</param>
    public static RankTest MannWhitney(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double[] all = [.. a, .. b];
        double n = all.Length;
        var u = Ranks.Average(all)[..a.Length].Sum() - a.Length * (a.Length + 1.0) / 2;
        var larger = Math.Max(u, (double)a.Length * b.Length - u);
        var ties = Ranks.TieCubes(all);
        if (a.Length == 0 || b.Length == 0)
        {
            return new RankTest(u, double.NaN);
        }
        if (Math.Min(a.Length, b.Length) <= LargestExactGroup && ties == 0)
        {
            return new RankTest(u, Math.Min(1, 2 * ShareOfArrangements(Math.Max(a.Length, b.Length), Math.Min(a.Length, b.Length), (int)((double)a.Length * b.Length - larger))));
        }
        var product = (double)a.Length * b.Length;
        var deviation = Math.Sqrt(product / 12 * (n + 1 - ties / (n * (n - 1))));
        return new RankTest(u, Math.Min(1, 2 * Normal.CDF(0, 1, -(larger - product / 2 - 0.5) / deviation)));
    }

    /// <summary>Of all subsets of 1..n, the share whose sum is at most a limit.</summary>
    private static double ShareOfSubsets(int n, int limit)
    {
        var shares = new double[limit + 1];
        shares[0] = 1;
        for (var number = 1; number <= n; number++)
        {
            for (var sum = limit; sum >= 0; sum--)
            {
                shares[sum] = (shares[sum] + (sum >= number ? shares[sum - number] : 0)) / 2;
            }
        }
        return shares.Sum();
    }

    /// <summary>Of all arrangements of two groups, the share in which U is at most a limit.</summary>
    /// <remarks>
    /// How many arrangements have which U are the coefficients of the product over i = 1..n of (1 - x^(m + i)) / (1 - x^i). Source: Mann and Whitney, Annals of
    /// Mathematical Statistics 18 (1947), whose recurrence this solves; it takes n * limit steps and one array.
    /// </remarks>
    private static double ShareOfArrangements(int m, int n, int limit)
    {
        var counts = new double[limit + 1];
        counts[0] = 1;
        for (var i = 1; i <= n; i++)
        {
            for (var u = limit; u >= m + i; u--)
            {
                counts[u] -= counts[u - m - i];
            }
            for (var u = i; u <= limit; u++)
            {
                counts[u] += counts[u - i];
            }
        }
        return counts.Sum() / MathNet.Numerics.SpecialFunctions.Binomial(m + n, n);
    }
}
