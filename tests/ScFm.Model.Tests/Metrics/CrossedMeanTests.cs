using MathNet.Numerics.Distributions;
using ScFm.Model.Metrics;

namespace ScFm.Model.Tests.Metrics;

public class CrossedMeanTests
{
    [Fact]
    public void The_standard_error_is_how_far_means_scatter_over_other_cells_and_other_seeds()
    {
        var random = new Random(11);
        const int Studies = 1500, Cells = 40, Seeds = 5;
        var found = Enumerable.Range(0, Studies).Select(_ => CrossedMean.Of(Planted(random, Cells, Seeds, cell: 1, seed: 0.3, rest: 0.5))).ToArray();

        var scatter = Math.Sqrt(found.Average(one => one.Mean * one.Mean));
        var told = Math.Sqrt(found.Average(one => one.StandardError * one.StandardError));
        var independent = Math.Sqrt((1 + 0.09 + 0.25) / (Cells * Seeds));

        Assert.Equal(Math.Sqrt(1.0 / Cells + 0.09 / Seeds + 0.25 / (Cells * Seeds)), told, 0.01);
        Assert.Equal(scatter, told, 0.015);
        Assert.True(told > 2 * independent);
    }

    [Fact]
    public void Errors_over_cells_and_over_seeds_are_those_of_their_means()
    {
        double[][] scores = [[1, 2, 6], [2, 4, 9]];

        var found = CrossedMean.Of(scores);

        Assert.Equal(4, found.Mean, 1e-12);
        Assert.Equal(Math.Sqrt(((1.5 - 4) * (1.5 - 4) + 1 + 3.5 * 3.5) / 2 / 3), found.CellError, 1e-12);
        Assert.Equal(Math.Sqrt((1 + 1) / 2.0), found.SeedError, 1e-12);
        Assert.Equal((3, 2), (found.Cells, found.Seeds));
    }

    [Fact]
    public void The_difference_to_other_cells_scatters_as_told_and_shares_the_seeds()
    {
        var random = new Random(8);
        var found = Enumerable.Range(0, 1000).Select(_ =>
        {
            var scores = Planted(random, 65, 5, cell: 1, seed: 2, rest: 0.1);
            return CrossedMean.OfOtherCells([.. scores.Select(seed => seed[..40])], [.. scores.Select(seed => seed[40..])]);
        }).ToArray();

        var told = Math.Sqrt(found.Average(one => one.StandardError * one.StandardError));
        Assert.Equal(Math.Sqrt(found.Average(one => one.Mean * one.Mean)), told, 0.03);
        Assert.Equal(Math.Sqrt(1 / 40.0 + 1 / 25.0), told, 0.02);
        Assert.Equal((65, 5), (found[0].Cells, found[0].Seeds));
        Assert.Equal(-1, CrossedMean.OfOtherCells([[1, 2, 3]], [[4, 2, double.NaN]]).Mean, 1e-12);
        Assert.Contains("1 seeds of scores and 2", Assert.Throws<ArgumentException>(() => CrossedMean.OfOtherCells([[1]], [[1], [1]])).Message);
    }

    [Fact]
    public void One_seed_tells_the_error_over_cells_alone()
    {
        var found = CrossedMean.Of([[1, 2, 3, double.NaN]]);

        Assert.Equal((2.0, 3), (found.Mean, found.Cells));
        Assert.Equal(1 / Math.Sqrt(3), found.StandardError, 1e-12);
        Assert.True(double.IsNaN(found.SeedError));
    }

    [Fact]
    public void The_difference_to_a_baseline_is_free_of_how_hard_a_cell_is()
    {
        var random = new Random(5);
        var baseline = Planted(random, 100, 3, cell: 5, seed: 0, rest: 0.1);
        var scores = baseline.Select(seed => seed.Select(score => score + 0.2 + Normal.Sample(random, 0, 0.1)).ToArray()).ToArray();

        var found = CrossedMean.OfDifference(scores, baseline);

        Assert.Equal(0.2, found.Mean, 4 * found.StandardError);
        Assert.True(found.StandardError < 0.02 && CrossedMean.Of(scores).StandardError > 0.3);
    }

    [Fact]
    public void Fold_changes_are_told_with_their_spread_over_seeds()
    {
        var found = FoldChange.Log2([[2, 2], [4, 4, 4]], [[1, 1], [1, 1, double.NaN]]);

        Assert.Equal((1.5, 2), (found.Mean, found.Count));
        Assert.Equal(12.706 * Math.Sqrt(0.5) / Math.Sqrt(2), found.HalfWidth, 0.001);
        Assert.True(double.IsNaN(FoldChange.Log2(1, 0)));
    }

    [Fact]
    public void Corrected_p_values_are_those_of_the_procedure()
    {
        var found = FalseDiscovery.BenjaminiHochberg([0.01, 0.04, double.NaN, 0.03, 0.005]);

        Assert.Equal([0.02, 0.04, double.NaN, 0.04, 0.02], found.Select(value => Math.Round(value, 12)));
    }

    private static double[][] Planted(Random random, int cells, int seeds, double cell, double seed, double rest)
    {
        var ofCells = Enumerable.Range(0, cells).Select(_ => Normal.Sample(random, 0, cell)).ToArray();
        return [.. Enumerable.Range(0, seeds).Select(_ =>
        {
            var ofSeed = seed == 0 ? 0 : Normal.Sample(random, 0, seed);
            return ofCells.Select(value => value + ofSeed + Normal.Sample(random, 0, rest)).ToArray();
        })];
    }
}
