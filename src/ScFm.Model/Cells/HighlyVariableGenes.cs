using MathNet.Numerics.Statistics;

namespace ScFm.Model.Cells;

/// <summary>Finds the genes that vary more between cells than their mean explains.</summary>
public static class HighlyVariableGenes
{
    private const int Bins = 20;

    /// <summary>The genes of largest normalised dispersion.</summary>
    /// <param name="logNormalised">log1p of scaled counts, [cells, genes], as <see cref="Normalisation"/> makes them.</param>
    /// <param name="count">How many genes, 1 or more; fewer are given where fewer vary. Default: 2,000.</param>
    /// <returns>Column indices, ascending.</returns>
    public static int[] Select(CsrMatrix logNormalised, int count = 2000)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var scores = NormalisedDispersions(logNormalised);
        return [.. Enumerable.Range(0, scores.Length).Where(gene => !double.IsNaN(scores[gene])).OrderByDescending(gene => scores[gene]).Take(count).Order()];
    }

    /// <summary>The log of variance over mean of each gene, standardised among the genes of one of 20 ranges of the mean.</summary>
    /// <remarks>The "mean.var.plot" of Seurat (Satija et al. 2015) with the conventions of scanpy's flavour seurat; NaN for a gene that does not vary.</remarks>
    /// <param name="logNormalised">log1p of scaled counts, [cells, genes].</param>
    public static double[] NormalisedDispersions(CsrMatrix logNormalised)
    {
        var (means, dispersions) = Moments(logNormalised);
        var binOf = Cut(means);
        var scores = new double[means.Length];
        foreach (var bin in Enumerable.Range(0, means.Length).GroupBy(gene => binOf[gene]))
        {
            var known = bin.Select(gene => dispersions[gene]).Where(double.IsFinite).ToArray();
            var (mean, deviation) = (known.Mean(), known.StandardDeviation());
            // A gene alone in its range has no deviation: it scores 1.
            var (centre, scale) = double.IsNaN(deviation) ? (0, mean) : (mean, deviation);
            foreach (var gene in bin)
            {
                scores[gene] = (dispersions[gene] - centre) / scale;
            }
        }
        return scores;
    }

    /// <summary>log1p of each gene's mean, and the log of variance over mean, of the values before the logarithm.</summary>
    private static (double[] Means, double[] Dispersions) Moments(CsrMatrix x)
    {
        var (sums, squares) = (new double[x.Columns], new double[x.Columns]);
        for (var i = 0L; i < x.NonZeros; i++)
        {
            var value = Math.Exp(x.Values[i]) - 1;
            sums[x.Indices[i]] += value;
            squares[x.Indices[i]] += value * value;
        }
        var dispersions = new double[x.Columns];
        for (var gene = 0; gene < x.Columns; gene++)
        {
            var mean = sums[gene] / x.Rows;
            var variance = (squares[gene] / x.Rows - mean * mean) * x.Rows / (x.Rows - 1);
            dispersions[gene] = mean > 0 && variance > 0 ? Math.Log(variance / mean) : double.NaN;
            sums[gene] = Math.Log(1 + mean);
        }
        return (sums, dispersions);
    }

    // Ranges of equal width, closed on the right, the first one widened to hold the smallest mean.
    private static int[] Cut(double[] means)
    {
        var (least, most) = (means.Min(), means.Max());
        return Array.ConvertAll(means, mean => most > least ? Math.Max(0, (int)Math.Ceiling((mean - least) / (most - least) * Bins) - 1) : 0);
    }
}
