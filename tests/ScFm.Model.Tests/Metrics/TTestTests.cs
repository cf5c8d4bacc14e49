using ScFm.Model.Metrics;

namespace ScFm.Model.Tests.Metrics;

public class TTestTests
{
    [Fact]
    public void Statistics_and_p_values_are_those_of_scipy()
    {
        foreach (var golden in Golden.AllOrSkip("metrics_statistics*"))
        {
            var (a, b) = (golden.Numbers("a"), golden.Numbers("b"));
            Near(golden.Numbers("ttest_paired"), TTest.Paired(a, b));
            Near(golden.Numbers("ttest_paired_less"), TTest.Paired(a, b, Alternative.Less));
            Near(golden.Numbers("ttest_paired_greater"), TTest.Paired(a, b, Alternative.Greater));
            Near(golden.Numbers("ttest_ind"), TTest.Independent(a, b));
            Near(golden.Numbers("ttest_welch"), TTest.Welch(a, b));
        }
    }

    [Fact]
    public void The_interval_holds_the_true_difference_in_19_of_20_samples()
    {
        var random = new Random(3);
        double Normal() => MathNet.Numerics.Distributions.Normal.Sample(random, 0, 1);
        const int Samples = 4000;

        var held = Enumerable.Range(0, Samples).Count(_ =>
        {
            var b = Enumerable.Range(0, 8).Select(_ => Normal()).ToArray();
            var test = TTest.Paired(b.Select(value => value + 0.5 + Normal()).ToArray(), b);
            return Math.Abs(test.Difference - 0.5) <= test.HalfWidth;
        });

        // Three standard errors of a share of 0.95 in 4,000 samples are 0.0103.
        Assert.InRange(held / (double)Samples, 0.95 - 0.0103, 0.95 + 0.0103);
    }

    [Fact]
    public void A_tiny_p_value_keeps_its_digits()
    {
        var (a, b) = (new double[10_000], new double[10_000]);
        for (var i = 0; i < a.Length; i++)
        {
            a[i] = 0.15 + Math.Sin(i * 12.9898);
        }

        var test = TTest.Paired(a, b);

        Assert.InRange(test.PValue, 1e-120, 1e-60);
        Assert.Equal(test.PValue / 2, TTest.Paired(a, b, Alternative.Greater).PValue, 1e-9 * test.PValue);
        Assert.Equal(1, TTest.Paired(a, b, Alternative.Less).PValue);
    }

    [Fact]
    public void Pairs_that_do_not_differ_have_no_p_value_and_one_pair_has_none()
    {
        Assert.True(double.IsNaN(TTest.Paired([1, 2], [1, 2]).PValue));
        Assert.True(double.IsNaN(TTest.Paired([1], [2]).PValue));
        Assert.Equal(0, TTest.Paired([2, 3], [1, 2]).PValue);
        Assert.Contains("3 and 2", Assert.Throws<ArgumentException>(() => TTest.Paired([1, 2, 3], [1, 2])).Message);
    }

    [Fact]
    public void A_difference_that_is_the_same_but_for_rounding_does_not_vary()
    {
        var (a, b) = (Enumerable.Range(0, 10).Select(i => 951 / 1000.0 + i / 7.0).ToArray(), Enumerable.Range(0, 10).Select(i => 847 / 1000.0 + i / 7.0).ToArray());
        Assert.True(a.Zip(b, (x, y) => x - y).Distinct().Count() > 1);
        Assert.Equal(0, TTest.Paired(a, b).StandardError);
        double[] sums = [0.1 + 0.2, 0.7 + 0.1, 0.3];
        Assert.True(double.IsNaN(TTest.Paired(sums, [0.3, 0.8, 0.3]).PValue)); // no difference but rounding
    }

    [Fact]
    public void Splits_that_overlap_have_a_wider_interval()
    {
        double[] a = [0.91, 0.94, 0.9, 0.95], b = [0.9, 0.9, 0.91, 0.89];
        var (apart, overlapping) = (TTest.Paired(a, b), TTest.Paired(a, b, overlap: 0.25));
        Assert.Equal(apart.Difference, overlapping.Difference);
        Assert.Equal(apart.StandardError * Math.Sqrt(2), overlapping.StandardError, 1e-12); // 1/4 + 1/4
        Assert.Equal(MeanInterval.Of(a).HalfWidth * Math.Sqrt(2), MeanInterval.Of(a, overlap: 0.25).HalfWidth, 1e-12);
        Assert.True(overlapping.PValue > apart.PValue);
    }

    [Fact]
    public void Overlapping_splits_call_few_differences_of_equals_significant()
    {
        // Twenty things have differences without a mean; each split of four to test on sees its share of them.
        var random = new Random(7);
        var (plain, corrected) = (0, 0);
        for (var sample = 0; sample < 400; sample++)
        {
            double[] things = [.. Enumerable.Range(0, 20).Select(_ => MathNet.Numerics.Distributions.Normal.Sample(random, 0, 1))];
            double[] means = [.. Enumerable.Range(0, 30).Select(_ => { random.Shuffle(things); return things[..4].Average(); })];
            plain += TTest.Paired(means, new double[30]).PValue < 0.05 ? 1 : 0;
            corrected += TTest.Paired(means, new double[30], overlap: 0.25).PValue < 0.05 ? 1 : 0;
        }
        Assert.True(plain > 80, $"{plain}"); // a fifth and more
        Assert.InRange(corrected, 0, 40);
    }

    private static void Near(double[] expected, TTest found)
    {
        Assert.Equal(expected[0], found.Statistic, 1e-12);
        Assert.Equal(expected[1], found.PValue, 1e-9 * expected[1]);
    }
}
