using ScFm.Interactive.Figures.Marks;
using ScFm.Model.Cells;
using ScFm.Model.GeneSets;
using ScFm.Model.Tables;

namespace ScFm.Interactive.Figures;

public static partial class Plots
{
    private const int NamedGenes = 40;
    private const int TitleLength = 64;

    // Shares of the axes that a gene's name takes.
    private const double NameWidth = 0.14;
    private const double NameHeight = 0.06;

    /// <summary>Every gene's mean and its variance against that of genes of a like mean; the chosen ones stand out, the most variable are named.</summary>
    /// <param name="genes">The variable genes.</param>
    /// <param name="title">What stands above. Default: how many were chosen.</param>
    public static Figure VariableGenes(VariableGenes genes, string? title = null)
    {
        // the dispersion flavours give log1p of the mean; counts span decades
        var counts = genes.Table.Find("variances_norm") is not null;
        var (means, normalised) = (Numbers(genes.Table, "means"), Numbers(genes.Table, counts ? "variances_norm" : "dispersions_norm"));
        var chosen = genes.Indices.ToHashSet();
        int[] others = [.. Enumerable.Range(0, means.Count).Where(gene => !chosen.Contains(gene))];
        int[] strongest = [.. genes.Indices.OrderByDescending(gene => normalised[gene]).Take(NamedGenes)];
        var (left, right) = Extent.Of([.. genes.Indices.Select(Across)]);
        var (low, high) = Extent.Of(normalised);
        double Across(int gene) => counts ? Math.Log(means[gene]) : means[gene];
        // names that would cover another are left out
        var named = new List<int>();
        foreach (var gene in strongest)
        {
            if (named.All(other => Math.Abs(Across(other) - Across(gene)) > NameWidth * (right - left) || Math.Abs(normalised[other] - normalised[gene]) > NameHeight * (high - low)))
            {
                named.Add(gene);
            }
        }
        Points Cloud(int[] which, string name, Colour colour) =>
            new([.. which.Select(gene => means[gene])], [.. which.Select(gene => normalised[gene])]) { Name = name, Colour = colour, Size = PointSize(means.Count) };
        return new Figure(new Panel(
            Cloud(others, "other", Palette.Missing), Cloud(genes.Indices, "variable", Palette.At(0)),
            new Texts([.. named.Select(gene => means[gene])], [.. named.Select(gene => normalised[gene] + NameHeight / 2 * (high - low))], [.. named.Select(genes.Table["gene"].Text)]))
        {
            Title = title ?? $"{genes.Indices.Length:N0} of {means.Count:N0} genes",
            X = new Axis { Title = counts ? "mean count" : "mean", Logarithmic = counts },
            Y = new Axis { Title = counts ? "standardised variance" : "normalised dispersion" },
        });
    }

    /// <summary>The running sum of a gene set down a ranking, with a tick at each of its genes.</summary>
    /// <param name="report">The search.</param>
    /// <param name="set">The name of the set.</param>
    /// <param name="title">What stands above. Default: the set.</param>
    /// <exception cref="KeyNotFoundException">The set was not looked at.</exception>
    public static Figure RunningSum(EnrichmentReport report, string set, string? title = null)
    {
        var result = report[set];
        var sum = report.RunningSum(set);
        // between its genes the sum falls evenly: their places and those before them say it all
        int[] corners = [.. result.Places.SelectMany(place => new[] { place - 1, place }).Prepend(0).Append(sum.Length - 1).Where(place => place >= 0).Distinct().Order()];
        var (least, most) = (Math.Min(0, sum.Min()), Math.Max(0, sum.Max()));
        var tick = 0.06 * (most - least);
        return new Figure(new Panel(
            new Line([0, sum.Length], [0, 0]) { Colour = Palette.Missing, Width = 1 },
            new Line([.. corners.Select(place => place + 1.0)], [.. corners.Select(place => sum[place])]),
            new Line(
                [.. result.Places.SelectMany(place => new[] { place + 1, place + 1, double.NaN })],
                [.. result.Places.SelectMany(_ => new[] { least - 2 * tick, least - tick, double.NaN })]) { Colour = Colour.Parse("#2b2b2b"), Width = 0.8 })
        {
            Title = FormattableString.Invariant($"NES {result.NormalisedScore:F2}, P {result.PValue:G2}, q {result.FalseDiscoveryRate:G2}"),
            X = new Axis { Title = "rank of the gene" },
            Y = new Axis { Title = "running enrichment score" },
        })
        {
            Title = title ?? (set.Length > TitleLength ? set[..TitleLength] + "…" : set),
        };
    }
}
