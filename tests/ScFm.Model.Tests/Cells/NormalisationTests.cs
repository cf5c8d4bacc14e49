using MathNet.Numerics.Distributions;
using ScFm.Model.Cells;

namespace ScFm.Model.Tests.Cells;

public sealed class NormalisationTests
{
    [Fact]
    public void Every_cell_sums_to_the_target_before_the_logarithm()
    {
        var raw = AnnDataReader.Read(TestFolders.Sample).X;

        var normalised = Normalisation.LogNormalise(raw, target: 5000);

        for (var row = 0; row < raw.Rows; row += 31)
        {
            Assert.Equal(5000, normalised.RowValues(row).ToArray().Sum(value => Math.Exp(value) - 1), 0.01);
        }
        Assert.Equal(CountKind.Raw, Counts.Judge(raw).Kind);
    }

    [Fact]
    public void An_empty_cell_stays_empty() =>
        Assert.Equal([Math.Log(1 + 1e4), 0], Normalisation.LogNormalise(QualityTests.Cells(1, [3, 0]).X).ToDense().Values.Select(value => (double)value), (a, b) => Math.Abs(a - b) < 1e-6);

    [Fact]
    public void Markers_are_among_the_variable_genes_and_household_genes_are_not()
    {
        var cells = Normalisation.LogNormalise(AnnDataReader.Read(TestFolders.Real("pbmc3k")));

        var names = VariableGenes.Find(cells, new() { Count = 2000, LogNormalised = true }).Indices.Select(gene => cells.VarNames[gene]).ToHashSet();

        Assert.Equal(2000, names.Count);
        Assert.Subset(names, new HashSet<string> { "LYZ", "NKG7", "S100A9", "PPBP", "CD79A" });
        Assert.DoesNotContain("RPL11", names);
    }

    [Theory]
    [InlineData(20, 0.3)]
    [InlineData(500, 0.07)]
    [InlineData(40_000, 0.9)]
    public void Thinned_counts_follow_the_binomial_distribution(int trials, double rate)
    {
        const int Draws = 20_000;
        var random = new Random(5);
        var distribution = new Binomial(rate, trials);

        var draws = Enumerable.Range(0, Draws).Select(_ => Downsampling.Binomial(trials, rate, random)).Order().ToArray();

        // Kolmogorov-Smirnov: the largest distance of the two distribution functions stays below 1.95 / sqrt(n) in 999 of 1,000 runs; the seed makes this run the same always.
        var largest = draws.Distinct().Max(value => Math.Abs(distribution.CumulativeDistribution(value) - (double)(Array.FindLastIndex(draws, draw => draw == value) + 1) / Draws));
        Assert.InRange(largest, 0, 1.95 / Math.Sqrt(Draws));
    }

    [Fact]
    public void Thinning_is_the_same_for_a_seed_and_keeps_about_its_share()
    {
        var raw = AnnDataReader.Read(TestFolders.Sample).X;

        var tenth = Downsampling.Binomial(raw, 0.1, seed: 3);

        Assert.Equal(tenth.Values, Downsampling.Binomial(raw, 0.1, seed: 3).Values);
        Assert.NotEqual(tenth.Values, Downsampling.Binomial(raw, 0.1, seed: 4).Values);
        Assert.InRange(tenth.RowSums().Sum() / raw.RowSums().Sum(), 0.099, 0.101);
        Assert.DoesNotContain(0f, tenth.Values);
        Assert.Equal(raw.Values, Downsampling.Binomial(raw, 1, seed: 3).Values);
        Assert.Equal(0, Downsampling.Binomial(raw, 0, seed: 3).NonZeros);
        Assert.Throws<ArgumentOutOfRangeException>(() => Downsampling.Binomial(raw, 1.5, seed: 3));
    }

    [Fact]
    public void A_split_holds_every_cell_once()
    {
        var split = Splits.Random(101, validationShare: 0.1, testShare: 0.2, seed: 9);

        Assert.Equal((71, 10, 20), (split.Train.Length, split.Validation.Length, split.Test.Length));
        Assert.Equal(Enumerable.Range(0, 101), split.Train.Concat(split.Validation).Concat(split.Test).Order());
        Assert.Equal(split.Test, Splits.Random(101, 0.1, 0.2, seed: 9).Test);
        Assert.NotEqual(split.Test, Splits.Random(101, 0.1, 0.2, seed: 10).Test);
        Assert.Throws<ArgumentOutOfRangeException>(() => Splits.Random(101, 0.5, 0.5, seed: 9));
    }

    [Theory]
    [InlineData(100, 0.1, 10)]
    [InlineData(100, 0.001, 1)]
    [InlineData(3, 0.99, 2)]
    [InlineData(2, 0.05, 1)]
    public void Some_cells_are_held_out_and_some_are_left(int count, double share, int held)
    {
        var split = Splits.HeldOut(count, share, seed: 3);
        Assert.Equal((held, count - held, 0), (split.Validation.Length, split.Train.Length, split.Test.Length));
        Assert.Equal("There are 1 cells; expected at least 2, to train on and to hold out.", Assert.Throws<ArgumentException>(() => Splits.HeldOut(1, share, seed: 3)).Message);
    }
}
