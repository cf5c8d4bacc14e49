using ScFm.Model.Metrics;
using ScFm.Model.Regression;
using ScFm.Model.Tables;

namespace ScFm.Model.Cells;

/// <summary>The variance of counts after each gene was standardised by the deviation expected of its mean, large values clipped.</summary>
/// <remarks>"vst" of Seurat v3 (Stuart et al., Cell 2019) with the conventions of scanpy: log10 variance over log10 mean by <see cref="Loess"/>, clipped at sqrt(cells) deviations.</remarks>
internal static class StandardisedVariance
{
    internal static VariableGenes Find(CellPass pass, VariableGeneOptions options)
    {
        var count = options.Count!.Value;
        var batches = pass.Moments(values => Array.ConvertAll(values, value => (double)value));
        var expected = batches.Select((moments, batch) => ExpectedDeviations(moments, options.Span, pass.Batches[batch])).ToArray();
        var variances = ClippedVariances(pass, batches, expected);

        var places = Array.ConvertAll(variances, Places);
        double[] ranks = [.. Enumerable.Range(0, pass.Genes).Select(gene => Median(places.Select(batch => batch[gene]).Where(place => place < count)))];
        long[] chosenIn = [.. Enumerable.Range(0, pass.Genes).Select(gene => places.LongCount(batch => batch[gene] < count))];
        int[] chosen = [.. Enumerable.Range(0, pass.Genes).Where(gene => chosenIn[gene] > 0).OrderBy(gene => ranks[gene]).ThenByDescending(gene => chosenIn[gene]).Take(count)];

        var all = new ColumnMoments(pass.Genes);
        Array.ForEach(batches, all.Add);
        Column[] measures =
        [
            Number("means", pass.Genes, all.Mean),
            Number("variances", pass.Genes, all.Variance),
            Number("variances_norm", pass.Genes, gene => variances.Average(batch => batch[gene])),
        ];
        return VariableGenes.Of(pass, measures, chosen, ranks, chosenIn);
    }

    // 1 for a gene that does not vary.
    private static double[] ExpectedDeviations(ColumnMoments moments, double span, string batch)
    {
        var expected = new double[moments.Columns];
        Array.Fill(expected, 1);
        int[] varying = [.. Enumerable.Range(0, moments.Columns).Where(gene => moments.Variance(gene) > 0)];
        if (varying.Length == 0)
        {
            return expected;
        }
        var means = Array.ConvertAll(varying, gene => Math.Log10(moments.Mean(gene)));
        Loess curve;
        try
        {
            curve = Loess.Fit(means, Array.ConvertAll(varying, gene => Math.Log10(moments.Variance(gene))), new LoessOptions { Span = span });
        }
        catch (ArgumentException e)
        {
            throw new ArgumentException($"No curve fits the {varying.Length} genes that vary in {batch}, so that flavour SeuratV3 cannot be had: {e.Message}", e);
        }
        for (var i = 0; i < varying.Length; i++)
        {
            expected[varying[i]] = Math.Sqrt(Math.Pow(10, curve.At(means[i])));
        }
        return expected;
    }

    private static double[][] ClippedVariances(CellPass pass, ColumnMoments[] batches, double[][] expected)
    {
        double[][] limits = [.. batches.Select((moments, batch) =>
            expected[batch].Select((deviation, gene) => deviation * Math.Sqrt(moments.Count) + moments.Mean(gene)).ToArray())];
        ColumnMoments[] clipped = [.. batches.Select(_ => new ColumnMoments(pass.Genes))];
        pass.Run((batch, indices, values) =>
            clipped[batch].AddSparse(indices, [.. values.Select((value, i) => Math.Min(value, limits[batch][indices[i]]))]));
        return
        [
            .. batches.Select((moments, batch) => Enumerable.Range(0, pass.Genes)
                .Select(gene => clipped[batch].SquaresAbout(gene, moments.Mean(gene)) / ((moments.Count - 1) * expected[batch][gene] * expected[batch][gene]))
                .ToArray()),
        ];
    }

    // The place of each gene, the most variable at 0.
    private static int[] Places(double[] variances)
    {
        var places = new int[variances.Length];
        foreach (var (place, gene) in Enumerable.Range(0, variances.Length).OrderByDescending(gene => variances[gene]).Index())
        {
            places[gene] = place;
        }
        return places;
    }

    private static double Median(IEnumerable<int> places)
    {
        int[] sorted = [.. places.Order()];
        return sorted.Length == 0 ? double.NaN : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2.0;
    }

    private static NumberColumn Number(string name, int genes, Func<int, double> value) => new(name, [.. Enumerable.Range(0, genes).Select(value)]);
}
