using System.Globalization;
using ScFm.Model.Metrics;
using ScFm.Model.Tests.Cells;

namespace ScFm.Model.Tests.Metrics;

public class RankTestTests
{
    private const double Tolerance = 1e-12;

    [Fact]
    public void Rank_statistics_and_their_p_values_are_those_of_scipy()
    {
        foreach (var golden in Golden.AllOrSkip("metrics_statistics*"))
        {
            var (a, b) = (golden.Numbers("a"), golden.Numbers("b"));
            var kendall = Correlation.Kendall<double>(a, b);
            Near(golden.Numbers("kendall"), kendall.Coefficient, kendall.PValue);
            Near(golden.Numbers("wilcoxon"), RankTest.Wilcoxon(a, b));
            Near(golden.Numbers("mannwhitney"), RankTest.MannWhitney(a, b));
        }
    }

    [Fact]
    public void Distance_correlations_are_those_of_the_definition()
    {
        foreach (var golden in Golden.AllOrSkip("metrics_statistics*"))
        {
            var (x, y) = (golden.Points("gi.X"), golden.Numbers("gi.y"));
            Points Column(int column) => new(x.Count, 1, [.. Enumerable.Range(0, x.Count).Select(i => x[i][column])]);
            var doubles = new Points(x.Count, 1, y);

            double[] found =
            [
                DistanceCorrelation.Of(x, doubles), DistanceCorrelation.Of(Column(0), Column(1)),
                DistanceCorrelation.Of(Column(0), doubles), DistanceCorrelation.Of(Column(1), doubles),
            ];

            Assert.Equal(golden.Numbers("gi.dcor"), found, (one, other) => Math.Abs(one - other) < Tolerance);
        }
    }

    [Fact]
    public void Few_values_without_ties_have_the_exact_p_values_of_scipy()
    {
        double[] a = [1.1, 2.7, 0.4, 5.2, 3.3, 6.1, 4.9], b = [0.3, 3.8, 1.9, 2.2, 7.4, 0.95, 8.6];

        var expected = Peer.Run($"""
            import scipy.stats as s
            a = [{Text(a)}]; b = [{Text(b)}]
            w = s.wilcoxon(a, b); m = s.mannwhitneyu(a, b + [9.5, 0.1])
            print(repr(float(w.statistic)), repr(float(w.pvalue)), repr(float(m.statistic)), repr(float(m.pvalue)))
            """).Split(' ').Select(value => double.Parse(value, CultureInfo.InvariantCulture)).ToArray();

        Near(expected[..2], RankTest.Wilcoxon(a, b));
        Near(expected[2..], RankTest.MannWhitney(a, [.. b, 9.5, 0.1]));
    }

    [Fact]
    public void Few_against_very_many_have_an_exact_p_value_whichever_comes_first()
    {
        double[] few = [.. Enumerable.Range(0, 8).Select(i => i * 900 + 3000.5)], many = [.. Enumerable.Range(0, 10_000).Select(i => (double)i)];

        var (one, other) = (RankTest.MannWhitney(few, many), RankTest.MannWhitney(many, few));

        Assert.Equal(80_000, one.Statistic + other.Statistic);
        Assert.Equal(one.PValue, other.PValue);
        // by the normal distribution, which is off by some thousandths with 8
        var z = (one.Statistic - 40_000 - 0.5) / Math.Sqrt(80_000 / 12.0 * 10_009);
        Assert.Equal(2 * MathNet.Numerics.Distributions.Normal.CDF(0, 1, -z), one.PValue, 0.01);
        Assert.Equal(2 / MathNet.Numerics.SpecialFunctions.Binomial(10_008, 8), RankTest.MannWhitney([.. few.Select(value => value + 1e6)], many).PValue, 1e-40);
    }

    [Fact]
    public void The_exact_p_value_is_the_share_of_all_arrangements()
    {
        double[] all = [.. Enumerable.Range(0, 13).Select(i => i * 1.5)];
        double U(int chosen) => Enumerable.Range(0, 13).Where(i => (chosen >> i & 1) == 1).Select((i, before) => (double)(i - before)).Sum();
        int[] arrangements = [.. Enumerable.Range(0, 1 << 13).Where(chosen => System.Numerics.BitOperations.PopCount((uint)chosen) == 5)];
        foreach (var chosen in arrangements.Where((_, i) => i % 97 == 0))
        {
            double[] a = [.. all.Where((_, i) => (chosen >> i & 1) == 1)], b = [.. all.Where((_, i) => (chosen >> i & 1) == 0)];
            var far = arrangements.Count(other => Math.Abs(U(other) - 20) >= Math.Abs(U(chosen) - 20));
            Near([U(chosen), (double)far / arrangements.Length], RankTest.MannWhitney(a, b));
        }
    }

    [Fact]
    public void What_says_nothing_has_no_p_value()
    {
        Assert.True(double.IsNaN(RankTest.Wilcoxon([1, 2], [1, 2]).PValue));
        Assert.True(double.IsNaN(RankTest.MannWhitney([], [1, 2]).PValue));
        Assert.Equal(0, DistanceCorrelation.Of(new Points(3, 1, [1, 1, 1]), new Points(3, 1, [1, 2, 3])));
    }

    private static void Near(double[] expected, RankTest found) => Near(expected, found.Statistic, found.PValue);

    private static void Near(double[] expected, double statistic, double pValue)
    {
        Assert.Equal(expected[0], statistic, Tolerance);
        Assert.Equal(expected[1], pValue, 1e-9 * expected[1]);
    }

    private static string Text(double[] values) => string.Join(",", values.Select(value => value.ToString("R", CultureInfo.InvariantCulture)));
}
