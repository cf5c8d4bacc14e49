using ScFm.Model.Models.ScGpt;
using ScFm.Model.Training;

namespace ScFm.Model.Tests.Models.ScGpt;

/// <summary>Bins of values, beside those of the published code.</summary>
public sealed class ValueBinningTests
{
    private const string Case = "scgpt_binning";
    private const int Columns = 60;

    [Theory]
    [InlineData(5)]
    [InlineData(51)]
    public void Values_without_ties_come_to_the_reference_s_bins(int bins)
    {
        var golden = Golden.Read(Case);
        var (rows, expected) = (golden.Numbers("rows_continuous").Chunk(Columns).ToArray(), golden.Numbers($"binned_continuous_{bins}").Chunk(Columns).ToArray());
        Assert.Equal(golden.Numbers($"edges_continuous_row0_{bins}"), Edges(rows[0], bins), (a, b) => Math.Abs(a - b) <= 1e-15 * Math.Abs(a));
        for (var row = 0; row < rows.Length; row++)
        {
            var edges = Edges(rows[row], bins);
            Assert.Equal(expected[row], rows[row].Select(value => value == 0 ? 0.0 : Only(ValueBinning.Range(value, edges))));
        }

        static double Only((int Lowest, int Highest) range)
        {
            Assert.Equal(range.Lowest, range.Highest);
            return range.Lowest;
        }
    }

    [Theory]
    [InlineData(5)]
    [InlineData(51)]
    public void Equal_values_are_spread_over_the_reference_s_bins_evenly(int bins)
    {
        var golden = Golden.Read(Case);
        var rows = golden.Numbers("rows_ties").Chunk(Columns).ToArray();
        var (lowest, highest) = (golden.Integers($"ties_min_{bins}").Chunk(Columns).ToArray(), golden.Integers($"ties_max_{bins}").Chunk(Columns).ToArray());
        for (var row = 0; row < rows.Length; row++)
        {
            int[] expressed = [.. Enumerable.Range(0, Columns).Where(column => rows[row][column] > 0)];
            var values = Array.ConvertAll(expressed, column => (float)rows[row][column]);
            var edges = expressed.Length == 0 ? [] : Edges(rows[row], bins);
            Assert.All(expressed, column => Assert.Equal(((int)lowest[row][column], (int)highest[row][column]), ValueBinning.Range(rows[row][column], edges)));

            const int Draws = 4000;
            var sums = new double[values.Length];
            for (var draw = 0; draw < Draws; draw++)
            {
                var binned = ValueBinning.Bin(values, bins, Seeds.For(1, draw));
                for (var i = 0; i < values.Length; i++)
                {
                    Assert.InRange(binned[i], lowest[row][expressed[i]], highest[row][expressed[i]]);
                    sums[i] += binned[i];
                }
            }
            for (var i = 0; i < values.Length; i++)
            {
                var (low, high) = (lowest[row][expressed[i]], highest[row][expressed[i]]);
                var deviation = Math.Sqrt((Math.Pow(high - low + 1, 2) - 1) / 12 / Draws);
                Assert.Equal((low + high) / 2.0, sums[i] / Draws, 5 * deviation + 1e-12);
            }
        }
    }

    [Fact]
    public void Counts_and_their_logarithms_come_to_the_same_bins()
    {
        var random = new Random(3);
        float[] counts = [.. Enumerable.Range(0, 500).Select(_ => (float)Math.Ceiling(Math.Exp(3 * random.NextDouble())))];
        Assert.Equal(ValueBinning.Bin(counts, 51, Seeds.For(2)), ValueBinning.Bin(Array.ConvertAll(counts, count => MathF.Log(1 + 10_000 * count / 7)), 51, Seeds.For(2)));
        Assert.Empty(ValueBinning.Bin([], 51, Seeds.For(2)));
    }

    private static double[] Edges(double[] row, int bins) => ValueBinning.Edges([.. row.Where(value => value != 0).Order()], bins);
}
