using MathNet.Numerics.Distributions;
using ScFm.Model.Cells;
using ScFm.Model.Models.ScFoundation;
using ScFm.Model.Training;

namespace ScFm.Model.Tests.Models;

/// <summary>The examples have the statistics that the paper and its published options say.</summary>
public sealed class ReadDepthObjectiveTests
{
    private const int Genes = 1000;
    private const int Expressed = 300;
    private const int Draws = 3000;

    /// <summary>One cell: every third gene or so is expressed, with a total of 30 counts a gene.</summary>
    private static readonly CsrMatrix Deep = Cell(30);

    private static CsrMatrix Cell(float count) =>
        new(1, Genes, [0, Expressed], [.. Enumerable.Range(0, Expressed).Select(i => 3 * i + 1)], [.. Enumerable.Range(0, Expressed).Select(i => i % 2 == 0 ? count - 0.5f * count : count * 1.5f)]);

    private static IEnumerable<CellTokens> Examples(CsrMatrix cell, ReadDepthOptions? options = null, int draws = Draws)
    {
        var objective = new ReadDepthObjective(options ?? new(), Genes);
        return Enumerable.Range(0, draws).Select(i => objective.Example(cell, 0, Seeds.For(11, i)));
    }

    [Fact]
    public void Half_of_the_cells_are_thinned_at_rates_of_a_Beta_2_2_distribution()
    {
        // 9,000 counts: the share that is left tells the rate to within about half a percent
        var rates = Examples(Deep).Where(e => e.SourceDepth != e.TargetDepth).Select(e => Math.Pow(10, e.SourceDepth - e.TargetDepth)).Order().ToArray();
        Assert.InRange(rates.Length / (double)Draws, 0.5 - 4 * 0.5 / Math.Sqrt(Draws), 0.5 + 4 * 0.5 / Math.Sqrt(Draws));
        var distance = rates.Select((rate, i) => Math.Abs(new Beta(2, 2).CumulativeDistribution(Math.Min(1, rate)) - (i + 0.5) / rates.Length)).Max();
        Assert.InRange(distance, 0, 1.95 / Math.Sqrt(rates.Length)); // Kolmogorov and Smirnov, p = 0.001
    }

    [Fact]
    public void Cells_below_a_thousand_counts_are_never_thinned_and_those_at_a_thousand_are()
    {
        CsrMatrix Total(float first) => new(1, Genes, [0, 3], [5, 6, 7], [first, 400, 400]);
        Assert.All(Examples(Total(199)), e => Assert.Equal(e.TargetDepth, e.SourceDepth));
        Assert.Contains(Examples(Total(200)), e => e.SourceDepth < e.TargetDepth);
    }

    [Fact]
    public void T_and_S_are_the_logarithms_of_the_true_and_the_thinned_total()
    {
        var total = Deep.Values.Sum(v => (double)v);
        foreach (var example in Examples(Deep, draws: 300))
        {
            Assert.Equal(Math.Log10(total), example.TargetDepth, 5);
            Assert.InRange(Math.Pow(10, example.SourceDepth), 1, total * 1.00001);
            Assert.Equal(Math.Round(Math.Pow(10, example.SourceDepth)), Math.Pow(10, example.SourceDepth), 2); // a total of whole counts
        }
    }

    [Fact]
    public void Thirty_percent_of_the_expressed_and_three_percent_of_the_other_genes_are_masked()
    {
        var (expressed, others) = (0L, 0L);
        foreach (var example in Examples(Deep, new() { ThinnedShare = 0 }))
        {
            var masked = example.Wanted!.Count(gene => gene % 3 == 1 && gene < 3 * Expressed);
            Assert.Equal(Expressed - masked, example.Visible.Length);
            (expressed, others) = (expressed + masked, others + example.Wanted!.Length - masked);
        }
        Near(0.3, expressed, (long)Draws * Expressed);
        Near(0.03, others, (long)Draws * (Genes - Expressed));
    }

    [Fact]
    public void Of_the_masked_genes_80_percent_are_read_as_the_mask_10_as_another_gene_s_value_and_10_as_their_own()
    {
        var (mask, kept, swapped, masked) = (0L, 0L, 0L, 0L);
        var zeros = (Mask: 0L, Plain: 0L, Value: 0L, All: 0L);
        foreach (var example in Examples(Deep, new() { ThinnedShare = 0, MaskedZeros = 0.1 }))
        {
            var given = example.Hidden.Zip(example.HiddenValues).ToDictionary(p => p.First, p => p.Second);
            foreach (var (gene, target) in example.Wanted!.Zip(example.Targets))
            {
                var value = given.GetValueOrDefault(gene);
                if (target > 0)
                {
                    masked++;
                    (mask, kept, swapped) = (mask + (float.IsNaN(value) ? 1 : 0), kept + (value == target ? 1 : 0), swapped + (!float.IsNaN(value) && value != target ? 1 : 0));
                }
                else
                {
                    zeros = (zeros.Mask + (float.IsNaN(value) ? 1 : 0), zeros.Plain + (value == 0 ? 1 : 0), zeros.Value + (value > 0 ? 1 : 0), zeros.All + 1);
                }
            }
        }
        Near(0.8, mask, masked);
        Near(0.15, kept, masked); // 10 % keep theirs, and half of the other genes have the same value
        Near(0.05, swapped, masked);
        Near(0.8, zeros.Mask, zeros.All);
        Near(0.1, zeros.Plain, zeros.All);
        Near(0.1, zeros.Value, zeros.All);
    }

    [Fact]
    public void Targets_are_the_values_of_the_cell_before_thinning_and_visible_values_those_after()
    {
        var truth = new float[Genes];
        var values = Normalisation.LogNormalise(Deep);
        values.RowIndices(0).ToArray().Zip(values.RowValues(0).ToArray()).ToList().ForEach(p => truth[p.First] = p.Second);
        var lost = 0;
        foreach (var example in Examples(Deep, new() { ThinnedShare = 1, RateShape = 1 }, draws: 500))
        {
            Assert.All(example.Wanted!.Zip(example.Targets), p => Assert.Equal(truth[p.First], p.Second, 5));
            lost += example.Wanted!.Zip(example.Targets).Count(p => p.Second > 0 && !example.Visible.Contains(p.First) && p.First % 3 == 1);
            // the visible values are log1p of whole counts per 10,000 of the thinned total
            var total = Math.Pow(10, example.SourceDepth);
            Assert.All(example.VisibleValues, value =>
            {
                var count = (Math.Exp(value) - 1) * total / 1e4;
                Assert.True(count >= 1 - 1e-3 && Math.Abs(count - Math.Round(count)) < 1e-2, $"{count} is no whole count");
            });
        }
        Assert.True(lost > 0);
    }

    [Fact]
    public void Genes_stand_once_in_order_visible_and_masked_ones_apart()
    {
        foreach (var example in Examples(Deep, draws: 300))
        {
            foreach (var genes in new[] { example.Visible, example.Hidden, example.Wanted! })
            {
                Assert.Equal(genes.Distinct().Order(), genes);
            }
            Assert.Empty(example.Visible.Intersect(example.Wanted!));
            Assert.Empty(example.Hidden.Except(example.Wanted!));
            Assert.All(example.VisibleValues, value => Assert.True(value > 0));
        }
    }

    [Fact]
    public void The_same_seed_gives_the_same_example_and_something_is_always_asked()
    {
        var (a, b) = (Examples(Deep, draws: 20), Examples(Deep, draws: 20));
        Assert.Equal(a.Select(e => string.Join(' ', [.. e.Visible, .. e.Wanted!])), b.Select(e => string.Join(' ', [.. e.Visible, .. e.Wanted!])));
        Assert.Equal(20, a.Select(e => string.Join(' ', e.Wanted!)).Distinct().Count());

        var single = new CsrMatrix(1, Genes, [0, 1], [4], [2]);
        Assert.All(Examples(single, new() { MaskedZeros = 0 }, draws: 100), e => Assert.Equal([4], e.Wanted!));
        Assert.All(Examples(Deep, new() { MaskedExpressed = 1, MaskedZeros = 1 }, draws: 5), e => Assert.Equal((0, Genes), (e.Visible.Length, e.Wanted!.Length)));
    }

    /// <summary>A share of independent draws within four standard deviations.</summary>
    private static void Near(double share, long found, long of)
    {
        var deviation = 4 * Math.Sqrt(share * (1 - share) / of);
        Assert.InRange(found / (double)of, share - deviation, share + deviation);
    }
}
