using System.Globalization;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace ScFm.Model.Metrics;

/// <summary>The mean of repeated measurements, and how far from it the true mean may lie.</summary>
/// <param name="Mean">The mean; NaN without measurements.</param>
/// <param name="HalfWidth">Half the 95% confidence interval by Student's t: t(n - 1, 0.975) s / sqrt(n), wider where measurements overlap; NaN of fewer than two measurements.</param>
/// <param name="Count">Number of measurements.</param>
public readonly record struct MeanInterval(double Mean, double HalfWidth, int Count)
{
    private const double Upper = 0.975;

    /// <summary>The lower end; the mean where there is no interval.</summary>
    public double Low => double.IsNaN(HalfWidth) ? Mean : Mean - HalfWidth;

    /// <summary>The upper end; the mean where there is no interval.</summary>
    public double High => double.IsNaN(HalfWidth) ? Mean : Mean + HalfWidth;

    /// <summary>True for a mean of differences whose interval leaves out 0; of one measurement nothing is clear.</summary>
    public bool IsClear => !double.IsNaN(HalfWidth) && (Low > 0 || High < 0);

    /// <summary>The mean and interval of some measurements; one NaN among them makes both NaN.</summary>
    /// <param name="measurements">The measurements.</param>
    /// <param name="overlap">Test things over training things where each measurement is of another split of the same things; see <see cref="TTest.Paired"/>. Default: 0.</param>
    public static MeanInterval Of(IEnumerable<double> measurements, double overlap = 0)
    {
        double[] values = [.. measurements];
        var halfWidth = values.Length < 2 ? double.NaN
            : StudentT.InvCDF(0, 1, values.Length - 1, Upper) * values.StandardDeviation() * Math.Sqrt(1.0 / values.Length + overlap);
        return new MeanInterval(values.Length == 0 ? double.NaN : values.Average(), halfWidth, values.Length);
    }

    /// <summary>Such as "0.512 ± 0.004", or the mean alone; "none" where there is no mean.</summary>
    /// <param name="format">The .NET format of both numbers.</param>
    public string ToString(string format) => double.IsNaN(Mean) ? "none"
        : Mean.ToString(format, CultureInfo.InvariantCulture) + (double.IsNaN(HalfWidth) ? "" : " ± " + HalfWidth.ToString(format, CultureInfo.InvariantCulture));

    /// <inheritdoc/>
    public override string ToString() => ToString("F3");
}
