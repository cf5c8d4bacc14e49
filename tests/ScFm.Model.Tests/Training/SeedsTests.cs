using ScFm.Model.Metrics;
using ScFm.Model.Training;

namespace ScFm.Model.Tests.Training;

public sealed class SeedsTests
{
    private static double[] Draw(Random random, int count = 2000) => [.. Enumerable.Range(0, count).Select(_ => random.NextDouble())];

    [Fact]
    public void The_same_seed_and_purpose_give_the_same_numbers() => Assert.Equal(Draw(Seeds.For(3, 1, 2)), Draw(Seeds.For(3, 1, 2)));

    [Fact]
    public void Streams_that_differ_in_seed_epoch_cell_or_their_order_are_uncorrelated_and_even()
    {
        double[][] streams =
        [
            Draw(Seeds.For(0)), Draw(Seeds.For(1)), Draw(Seeds.For(-1)), Draw(Seeds.For(0, 0)), Draw(Seeds.For(0, 1)), Draw(Seeds.For(0, -1)),
            Draw(Seeds.For(0, 0, 1)), Draw(Seeds.For(0, 1, 0)), Draw(Seeds.For(0, 1, 1)), Draw(Seeds.For(1, 0, 1)), Draw(Seeds.For(int.MaxValue, 5, 5)),
        ];
        for (var i = 0; i < streams.Length; i++)
        {
            Assert.InRange(streams[i].Average(), 0.5 - 5 * 0.2887 / Math.Sqrt(2000), 0.5 + 5 * 0.2887 / Math.Sqrt(2000));
            for (var j = 0; j < i; j++)
            {
                Assert.InRange(Correlation.Pearson<double>(streams[i], streams[j]).Coefficient, -5 / Math.Sqrt(2000), 5 / Math.Sqrt(2000));
            }
        }
    }

    [Fact]
    public void The_first_numbers_of_neighbouring_cells_are_even_and_uncorrelated()
    {
        var first = Enumerable.Range(0, 10_000).Select(cell => Seeds.For(0, 3, cell).NextDouble()).ToArray();
        var bins = new int[10];
        foreach (var value in first)
        {
            bins[(int)(value * 10)]++;
        }
        Assert.InRange(bins.Sum(n => (n - 1000.0) * (n - 1000.0) / 1000), 0, 33.7); // chi-square of 9 degrees of freedom, p = 0.0001
        Assert.InRange(Correlation.Pearson<double>(first[1..], first[..^1]).Coefficient, -0.05, 0.05);
    }
}
