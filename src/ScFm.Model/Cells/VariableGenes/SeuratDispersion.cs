using MathNet.Numerics.Statistics;

namespace ScFm.Model.Cells;

/// <summary>The log of variance over mean, standardised among the genes of one range of the log mean; ranges have equal width.</summary>
/// <remarks>"mean.var.plot" of Seurat (Satija et al., Nature Biotechnology 2015) with the conventions of scanpy.</remarks>
internal static class SeuratDispersion
{
    /// <param name="means">Mean of the scaled counts, above 0.</param>
    /// <param name="ratios">Variance over mean.</param>
    /// <param name="bins">Number of ranges.</param>
    internal static DispersionScores Of(double[] means, double[] ratios, int bins)
    {
        var logMeans = Array.ConvertAll(means, mean => Math.Log(1 + mean));
        var dispersions = Array.ConvertAll(ratios, ratio => ratio > 0 ? Math.Log(ratio) : double.NaN);
        var normalised = new double[means.Length];
        foreach (var range in Enumerable.Range(0, means.Length).GroupBy(Ranges(logMeans, bins)))
        {
            var known = range.Select(gene => dispersions[gene]).Where(double.IsFinite).ToArray();
            var (mean, deviation) = (known.Mean(), known.StandardDeviation());
            // a gene alone in its range has no deviation: it scores 1
            var (centre, scale) = double.IsNaN(deviation) ? (0, mean) : (mean, deviation);
            foreach (var gene in range)
            {
                normalised[gene] = (dispersions[gene] - centre) / scale;
            }
        }
        return new DispersionScores(logMeans, dispersions, normalised, null);
    }

    // Closed on the right; the first is widened to hold the smallest mean.
    private static Func<int, int> Ranges(double[] means, int bins)
    {
        var (least, most) = means.Length == 0 ? (0, 0) : (means.Min(), means.Max());
        var step = (most - least) / bins;
        double[] ends = [.. Enumerable.Range(1, bins - 1).Select(i => least + i * step)];
        return gene => ends.Count(end => end < means[gene]);
    }
}
