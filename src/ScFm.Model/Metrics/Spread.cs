using MathNet.Numerics.Statistics;

namespace ScFm.Model.Metrics;

/// <summary>How values spread, by five of their quantiles.</summary>
/// <param name="Low">The 5th percentile.</param>
/// <param name="Lower">The 25th percentile.</param>
/// <param name="Median">The 50th percentile.</param>
/// <param name="Upper">The 75th percentile.</param>
/// <param name="High">The 95th percentile.</param>
public readonly record struct Spread(double Low, double Lower, double Median, double Upper, double High)
{
    /// <summary>The spread of some values; all NaN without values.</summary>
    public static Spread Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return new Spread(Quantile(sorted, 0.05), Quantile(sorted, 0.25), Quantile(sorted, 0.5), Quantile(sorted, 0.75), Quantile(sorted, 0.95));
    }

    /// <summary>A quantile of values in ascending order, on the straight line between the two nearest, as numpy's default.</summary>
    /// <param name="sorted">The values, ascending.</param>
    /// <param name="share">0 to 1.</param>
    internal static double Quantile(double[] sorted, double share) => SortedArrayStatistics.QuantileCustom(sorted, share, QuantileDefinition.R7);
}
