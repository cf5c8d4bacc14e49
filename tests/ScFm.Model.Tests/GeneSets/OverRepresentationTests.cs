using MathNet.Numerics.Distributions;
using ScFm.Model.GeneSets;

namespace ScFm.Model.Tests.GeneSets;

public sealed class OverRepresentationTests
{
    private static readonly string[] Background = [.. Enumerable.Range(0, 200).Select(i => $"G{i}")];

    private static GeneSet Set(string name, int from, int count) => new(name, "", [.. Enumerable.Range(from, count).Select(i => $"G{i}")]);

    [Theory]
    [InlineData(3, 10, 20, 100)]
    [InlineData(1, 5, 5, 10)]
    [InlineData(8, 8, 30, 60)]
    [InlineData(0, 4, 3, 9)]
    [InlineData(6, 9, 8, 11)] // 6 are shared whatever is drawn
    public void The_tail_is_the_sum_of_the_probabilities(int least, int drawn, int marked, int all)
    {
        var distribution = new Hypergeometric(all, marked, drawn);
        var expected = Enumerable.Range(least, Math.Min(drawn, marked) - least + 1).Sum(distribution.Probability);
        Assert.Equal(expected, OverRepresentation.Tail(least, drawn, marked, all), 1e-10);
    }

    [Fact]
    public void A_small_tail_keeps_its_digits()
    {
        // all 20 of 20 in a draw of 20 of 2,000: one of 2000 over 20 draws
        var logarithm = Enumerable.Range(0, 20).Sum(i => Math.Log(20.0 - i) - Math.Log(2000.0 - i));
        Assert.Equal(logarithm, Math.Log(OverRepresentation.Tail(20, 20, 20, 2000)), 1e-7);
    }

    [Fact]
    public void A_set_that_fills_a_list_comes_first_and_rates_are_over_all_lists_and_sets()
    {
        var report = OverRepresentation.Run(
            [("first", Background[..20]), ("second", Background[100..130])], Background, [Set("low", 0, 15), Set("high", 120, 40), Set("strangers", 500, 50), Set("half", 0, 100)]);
        Assert.Equal((200, 1), (report.Background, report.LeftOut));
        var best = report.Of("first").First();
        Assert.Equal(("low", 15, 15), (best.Set.Name, best.Shared.Count, best.Size));
        Assert.Equal(10, best.Fold, 1e-12); // 15 shared, 1.5 by chance
        Assert.Equal(best.PValue * 6, best.FalseDiscoveryRate, 1e-6 * best.PValue); // the smallest of two lists by three sets
        Assert.Equal("high", report.Of("second").First().Set.Name);
        Assert.DoesNotContain(report.Of("second"), one => one.Set.Name == "low"); // nothing shared
        Assert.Equal("first", report.ToTable(0.001)["list"].Text(0));
        Assert.True(report.ToTable(0.001).RowCount < report.ToTable().RowCount);
    }

    [Fact]
    public void Chance_is_called_a_discovery_no_more_often_than_allowed()
    {
        const int rounds = 60;
        var random = new Random(5);
        string[] Draw(int count) => [.. Background.OrderBy(_ => random.Next()).Take(count)];
        var (called, likely) = (0, 0);
        for (var round = 0; round < rounds; round++)
        {
            GeneSet[] sets = [.. Enumerable.Range(0, 10).Select(i => new GeneSet($"S{i}", "", Draw(20)))];
            var report = OverRepresentation.Run([.. Enumerable.Range(0, 4).Select(i => ($"L{i}", (IReadOnlyList<string>)Draw(25)))], Background, sets);
            called += report.Results.Any(one => one.FalseDiscoveryRate <= 0.05) ? 1 : 0;
            likely += report.Results.Count(one => one.PValue <= 0.05);
        }
        Assert.InRange(called, 0, 8); // 3 of 60 are allowed on average
        Assert.InRange(likely / (rounds * 40.0), 0.01, 0.055); // of few genes fewer than one in twenty
    }

    [Fact]
    public void A_gene_outside_the_background_and_sets_of_other_names_are_refused()
    {
        Assert.Contains("The gene 'X1' of the list 'mine' is not in the background of 200 genes", Assert.Throws<ArgumentException>(() => OverRepresentation.Run([("mine", ["X1"])], Background, [Set("low", 0, 15)])).Message, StringComparison.Ordinal);
        Assert.Contains("None of the 1 gene sets has 5 to 500 of the background's 200 genes, such as 'G0'", Assert.Throws<ArgumentException>(() => OverRepresentation.Run([("mine", ["G1"])], Background, [Set("far", 900, 15)])).Message, StringComparison.Ordinal);
        Assert.Contains("MinSize", Assert.Throws<ArgumentException>(() => OverRepresentation.Run([("mine", ["G1"])], Background, [Set("low", 0, 15)], new OverRepresentationOptions { MinSize = 0 })).Message, StringComparison.Ordinal);
    }
}
