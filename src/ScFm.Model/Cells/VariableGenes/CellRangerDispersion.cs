using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace ScFm.Model.Cells;

/// <summary>Variance over mean, less the median and over the median absolute deviation of the genes of one range of the mean; ranges hold 5% of the genes, the first 10%.</summary>
/// <remarks>The preprocessing of Cell Ranger (Zheng et al., Nature Communications 2017) with the conventions of scanpy.</remarks>
internal static class CellRangerDispersion
{
    private const double FirstShare = 0.1;
    private const double Step = 0.05;
    private const int Edges = 19;

    // Brings the median absolute deviation of normal values to their standard deviation.
    private static readonly double Scale = Normal.InvCDF(0, 1, 0.75);

    /// <param name="means">Mean of the values, above 0.</param>
    /// <param name="ratios">Variance over mean.</param>
    internal static DispersionScores Of(double[] means, double[] ratios)
    {
        double[] sorted = [.. means.Order()];
        double[] ends = [.. Enumerable.Range(0, Edges).Select(i => Quantile(sorted, FirstShare + i * Step))];
        var normalised = new double[means.Length];
        foreach (var range in Enumerable.Range(0, means.Length).GroupBy(gene => ends.Count(end => end < means[gene])))
        {
            var median = range.Select(gene => ratios[gene]).Median();
            var deviation = range.Select(gene => Math.Abs(ratios[gene] - median)).Median() / Scale;
            foreach (var gene in range)
            {
                normalised[gene] = (ratios[gene] - median) / deviation;
            }
        }
        return new DispersionScores(means, ratios, normalised, null);
    }

    // Between the two nearest in proportion, as numpy's percentile.
    private static double Quantile(double[] sorted, double share)
    {
        var place = share * (sorted.Length - 1);
        var low = (int)Math.Min(Math.Floor(place), sorted.Length - 2);
        return sorted.Length < 2 ? sorted.FirstOrDefault() : sorted[low] + (place - low) * (sorted[low + 1] - sorted[low]);
    }
}
