using MathNet.Numerics.Statistics;
using ScFm.Model.Cells;
using ScFm.Model.Metrics;
using ScFm.Model.Models.ScImpute;
using ScFm.Model.Tests.Tasks;
using ScFm.Model.Tests.Tasks.Enhancers;

namespace ScFm.Model.Tests.Models.ScImpute;

public sealed class ScImputeEnhancerTests
{
    private static readonly ScImputeOptions Three = new() { Subpopulations = 3 };

    [Theory]
    [InlineData(null)]
    [InlineData(20)]
    public void Planted_dropouts_come_near_the_truth_and_next_to_nothing_else_is_touched(int? similar)
    {
        var data = new PlantedDropouts(1);
        var found = new ScImputeEnhancer(Three with { SimilarCells = similar }).Enhance(data.Cells);
        var seen = Normalisation.LogNormalise(data.Cells.X).ToDense();
        var outliers = Labels(data.Cells).Select((label, cell) => (label, cell)).Where(p => p.label < 0).Select(p => p.cell).ToHashSet();
        var lost = data.Lost.Where(p => !outliers.Contains(p.Cell)).ToArray();
        Assert.InRange(lost.Length, 500, data.Lost.Count);
        // Similar cells lost values of the gene too, which pulls a mean of theirs down.
        var errors = lost.Select(p => (double)Math.Abs(found[p.Cell, p.Gene] - data.Truth[p.Cell, p.Gene])).ToArray();
        Assert.InRange(errors.Median(), 0, 0.2);
        Assert.InRange(errors.Average() / lost.Average(p => data.Truth[p.Cell, p.Gene]), 0, 0.2);
        // A value far below those of its kind may be taken for a dropout, but one in a thousand at most.
        var planted = data.Lost.ToHashSet();
        var changed = Enumerable.Range(0, seen.Values.Length).Where(i => found.Values[i] != seen.Values[i]).Select(i => (i / seen.Columns, i % seen.Columns)).ToArray();
        Assert.InRange(changed.Count(place => !planted.Contains(place)), 0, seen.Values.Length / 1000);
        Assert.True(changed.Length >= 0.95 * lost.Length);
    }

    [Fact]
    public void The_kinds_of_cells_are_found_and_a_cell_like_no_other_stays_as_it_is()
    {
        var data = new PlantedDropouts(2);
        var kinds = Labels(data.Cells);
        Assert.Equal(1, ClusterAgreement.AdjustedRandIndex([.. data.Kinds.Where((_, c) => kinds[c] >= 0)], [.. kinds.Where(k => k >= 0).Select(k => k.ToString())]));

        // The last cell reads what no other cell does.
        var counts = data.Cells.X.ToDense();
        for (var gene = 0; gene < PlantedDropouts.GeneCount; gene++)
        {
            counts[PlantedDropouts.CellCount - 1, gene] = gene < 30 ? 0 : 5000 * (gene % 4);
        }
        var cells = Recovery.Cells(CsrMatrix.FromDense(counts));
        Assert.Equal(-1, Labels(cells)[^1]);
        var found = new ScImputeEnhancer(Three).Enhance(cells);
        Assert.Equal(Normalisation.LogNormalise(cells.X).ToDense().Row(PlantedDropouts.CellCount - 1), found.Row(PlantedDropouts.CellCount - 1));
    }

    [Fact]
    public void A_gene_of_few_cells_is_left_alone_and_so_is_all_under_a_threshold_that_nothing_reaches()
    {
        var data = new PlantedDropouts(3);
        var seen = Normalisation.LogNormalise(data.Cells.X).ToDense().Values;
        Assert.Equal(seen, new ScImputeEnhancer(Three with { LeastExpressing = PlantedDropouts.CellCount }).Enhance(data.Cells).Values);
    }

    [Fact]
    public void No_value_exceeds_the_largest_that_was_seen_of_its_gene()
    {
        var cells = TaskCells.All.WithX(Downsampling.Binomial(TaskCells.All.X, 0.1, seed: 1));
        var (found, seen) = (new ScImputeEnhancer().Enhance(cells), Normalisation.LogNormalise(cells.X).ToDense());
        var largest = Enumerable.Range(0, cells.GeneCount).Select(gene => Enumerable.Range(0, cells.CellCount).Max(cell => seen[cell, gene])).ToArray();
        Assert.All(found.Values.Select((value, i) => value - largest[i % cells.GeneCount]), excess => Assert.InRange(excess, float.NegativeInfinity, 1e-4f));
    }

    [Fact]
    public void At_a_tenth_of_the_reads_it_is_nearer_to_the_truth_than_what_was_seen()
    {
        var recovery = Recovery.OfSample(new ScImputeEnhancer());
        Assert.True(recovery.Method.Pearson > recovery.Observed.Pearson + 0.05, recovery.ToString());
        Assert.True(recovery.Method.MeanAbsoluteError < 0.95 * recovery.Observed.MeanAbsoluteError, recovery.ToString());
    }

    private static int[] Labels(AnnData cells) => Subpopulations.Find(LogScale.AboveZero(cells.X), Three, default).Labels;
}
