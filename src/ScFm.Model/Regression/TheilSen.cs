using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;
using ScFm.Model.Metrics;

namespace ScFm.Model.Regression;

/// <summary>A straight line that outliers hardly move: the median of the slopes through all pairs of points.</summary>
/// <remarks>Theil (1950), Sen (1968). Time and memory grow with the square of the number of points.</remarks>
/// <param name="Slope">The median slope; NaN where all x are equal.</param>
/// <param name="Intercept">The median of y less the slope times the median of x.</param>
/// <param name="Low">The lower end of the slope's 95% interval, from Kendall's statistic.</param>
/// <param name="High">The upper end.</param>
public readonly record struct TheilSen(double Slope, double Intercept, double Low, double High)
{
    /// <summary>Fits y = slope x + intercept.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static TheilSen Fit(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        if (x.Length != y.Length)
        {
            throw new ArgumentException($"There are {x.Length} x and {y.Length} y; expected as many of each.");
        }
        var slopes = new List<double>();
        for (var i = 0; i < x.Length; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (x[i] != x[j])
                {
                    slopes.Add((y[i] - y[j]) / (x[i] - x[j]));
                }
            }
        }
        if (slopes.Count == 0)
        {
            return new TheilSen(double.NaN, double.NaN, double.NaN, double.NaN);
        }
        slopes.Sort();
        var slope = slopes.Median();
        var (low, high) = Interval(slopes, x, y);
        return new TheilSen(slope, y.ToArray().Median() - slope * x.ToArray().Median(), low, high);
    }

    private static (double Low, double High) Interval(List<double> slopes, ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double n = x.Length;
        double Spread(ReadOnlySpan<double> values) => Ranks.Ties(values).Sum(t => t * (t - 1.0) * (2 * t + 5));
        var deviation = Math.Sqrt((n * (n - 1) * (2 * n + 5) - Spread(x) - Spread(y)) / 18);
        var half = Normal.InvCDF(0, 1, 0.975) * deviation;
        var first = (int)Math.Round((slopes.Count - half) / 2) - 1;
        var last = (int)Math.Round((slopes.Count + half) / 2);
        return (slopes[Math.Clamp(first, 0, slopes.Count - 1)], slopes[Math.Clamp(last, 0, slopes.Count - 1)]);
    }
}
