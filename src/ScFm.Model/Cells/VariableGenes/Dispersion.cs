using ScFm.Model.Metrics;
using ScFm.Model.Tables;

namespace ScFm.Model.Cells;

/// <summary>The flavours that compare a gene's variance over mean with that of genes of a like mean.</summary>
internal static class Dispersion
{
    internal static VariableGenes Find(CellPass pass, VariableGeneOptions options)
    {
        var batches = pass.Moments(Change(options));
        var severalBatches = batches.Length > 1;
        var scores = Array.ConvertAll(batches, moments => OfBatch(moments, options, onlyExpressed: severalBatches));
        var merged = severalBatches ? Merge(scores, pass.Genes) : scores[0];
        long[] chosenIn = new long[pass.Genes];
        foreach (var gene in scores.SelectMany(one => Choose(one, options)))
        {
            chosenIn[gene]++;
        }
        var chosen = severalBatches ? ChooseMerged(merged, chosenIn, options) : Choose(merged, options);

        var ranks = new double[pass.Genes];
        Array.Fill(ranks, double.NaN);
        foreach (var (place, gene) in chosen.Index())
        {
            ranks[gene] = place;
        }
        Column[] measures =
        [
            new NumberColumn("means", merged.Means), new NumberColumn("dispersions", merged.Dispersions), new NumberColumn("dispersions_norm", merged.Normalised),
        ];
        return VariableGenes.Of(pass, measures, chosen, ranks, chosenIn);
    }

    private static Func<float[], double[]> Change(VariableGeneOptions options)
    {
        var logged = options.Flavour == VariableGeneFlavour.CellRanger;
        return options.LogNormalised
            ? values => Array.ConvertAll(values, value => logged ? value : Math.Exp(value) - 1)
            : values =>
            {
                var factor = Normalisation.DefaultTarget / values.Sum(value => (double)value);
                return Array.ConvertAll(values, value => logged ? Math.Log(1 + value * factor) : value * factor);
            };
    }

    // In a batch of several, genes that none of its cells expresses have the score 0 and stand apart, as scanpy has it.
    private static DispersionScores OfBatch(ColumnMoments moments, VariableGeneOptions options, bool onlyExpressed)
    {
        int[] genes = [.. Enumerable.Range(0, moments.Columns).Where(gene => !onlyExpressed || moments.Mean(gene) > 0)];
        var means = Array.ConvertAll(genes, gene => moments.Mean(gene) is > 0 and var mean ? mean : 1e-12);
        var ratios = Array.ConvertAll(genes, gene => moments.Variance(gene) / Math.Max(moments.Mean(gene), 1e-12));
        var found = options.Flavour == VariableGeneFlavour.CellRanger ? CellRangerDispersion.Of(means, ratios) : SeuratDispersion.Of(means, ratios, options.Bins);
        return genes.Length == moments.Columns ? found : found.Spread(genes, moments.Columns);
    }

    private static DispersionScores Merge(DispersionScores[] scores, int genes) => new(
        MeanOf(scores, genes, one => one.Means), MeanOf(scores, genes, one => one.Dispersions), MeanOf(scores, genes, one => one.Normalised), null);

    private static double[] MeanOf(DispersionScores[] scores, int genes, Func<DispersionScores, double[]> measure) =>
    [
        .. Enumerable.Range(0, genes).Select(gene =>
            scores.Select(one => measure(one)[gene]).Where(value => !double.IsNaN(value)).DefaultIfEmpty(double.NaN).Average()),
    ];

    private static int[] Choose(DispersionScores scores, VariableGeneOptions options) => options.Count is { } count
        ? [.. scores.Genes.Where(gene => !double.IsNaN(scores.Normalised[gene])).OrderByDescending(gene => scores.Normalised[gene]).Take(count)]
        : Within(scores, options);

    // First by how many batches chose a gene.
    private static int[] ChooseMerged(DispersionScores merged, long[] chosenIn, VariableGeneOptions options) => options.Count is { } count
        ? [.. merged.Genes.OrderByDescending(gene => chosenIn[gene]).ThenByDescending(gene => merged.Normalised[gene]).Take(count)]
        : Within(merged, options);

    private static int[] Within(DispersionScores scores, VariableGeneOptions options) =>
    [
        .. scores.Genes
            .Where(gene => scores.Means[gene] > options.MinMean && scores.Means[gene] < options.MaxMean)
            .Where(gene => Known(scores, gene) > options.MinDispersion && Known(scores, gene) < options.MaxDispersion)
            .OrderByDescending(gene => Known(scores, gene)),
    ];

    private static double Known(DispersionScores scores, int gene) => double.IsNaN(scores.Normalised[gene]) ? 0 : scores.Normalised[gene];
}
