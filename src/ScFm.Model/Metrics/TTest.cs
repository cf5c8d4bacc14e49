using System.Globalization;
using MathNet.Numerics.Distributions;

namespace ScFm.Model.Metrics;

/// <summary>A comparison of means by Student's t.</summary>
/// <param name="Difference">The mean of the first minus that of the second.</param>
/// <param name="StandardError">Standard error of the difference; NaN of too few values.</param>
/// <param name="Freedom">Degrees of freedom, above 0.</param>
/// <param name="PValue">How likely a difference as large would be by chance; NaN where nothing varies and nothing differs, or of too few values.</param>
public readonly record struct TTest(double Difference, double StandardError, double Freedom, double PValue)
{
    private const double Upper = 0.975;
    private const double Rounding = 1e-12; // of the values; what differs by less does not differ

    /// <summary>t: the difference in standard errors.</summary>
    public double Statistic => Difference / StandardError;

    /// <summary>Half the two-sided 95% interval of the difference.</summary>
    public double HalfWidth => Freedom > 0 ? StudentT.InvCDF(0, 1, Freedom, Upper) * StandardError : double.NaN;

    /// <summary>Two measurements of each thing: the mean of a - b against zero, n - 1 degrees of freedom.</summary>
    /// <param name="a">One value a thing, such as a cell's score by one model.</param>
    /// <param name="b">The same thing's other value, in the same order.</param>
    /// <param name="alternative">What is held against "no difference". Default: two-sided.</param>
    /// <param name="overlap">
    /// Where each pair is measured on another split of the same things into training and test: test things over training things, with which the variance grows from
    /// 1/n to 1/n + overlap, since such splits share most of what they hold (Nadeau and Bengio 2003). Default: 0, each pair stands for itself.
    /// </param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static TTest Paired(ReadOnlySpan<double> a, ReadOnlySpan<double> b, Alternative alternative = Alternative.TwoSided, double overlap = 0)
    {
        if (a.Length != b.Length)
        {
            throw new ArgumentException($"The two series have {a.Length} and {b.Length} values; expected as many of each, in pairs.");
        }
        var (differences, largest) = (new double[a.Length], 0.0);
        for (var i = 0; i < a.Length; i++)
        {
            differences[i] = a[i] - b[i];
            largest = Math.Max(largest, Math.Max(Math.Abs(a[i]), Math.Abs(b[i])));
        }
        var (mean, variance) = Moments(differences, largest);
        return Of(mean, Math.Sqrt(variance * (1.0 / a.Length + overlap)), a.Length - 1, alternative);
    }

    /// <summary>A mean against zero, of which only the moments are known.</summary>
    /// <param name="mean">The mean.</param>
    /// <param name="variance">The variance of the values, with n - 1.</param>
    /// <param name="count">n.</param>
    /// <param name="alternative">What is held against "no difference". Default: two-sided.</param>
    public static TTest OfMean(double mean, double variance, long count, Alternative alternative = Alternative.TwoSided) =>
        Of(mean, Math.Sqrt(variance / count), count - 1, alternative);

    /// <summary>Two independent groups of one variance: n + m - 2 degrees of freedom.</summary>
    /// <param name="a">The first group.</param>
    /// <param name="b">The second group.</param>
    /// <param name="alternative">What is held against "no difference". Default: two-sided.</param>
    public static TTest Independent(ReadOnlySpan<double> a, ReadOnlySpan<double> b, Alternative alternative = Alternative.TwoSided)
    {
        var (meanA, varianceA) = Moments(a);
        var (meanB, varianceB) = Moments(b);
        var freedom = a.Length + b.Length - 2;
        var pooled = ((a.Length - 1) * varianceA + (b.Length - 1) * varianceB) / freedom;
        return Of(meanA - meanB, Math.Sqrt(pooled * (1.0 / a.Length + 1.0 / b.Length)), freedom, alternative);
    }

    /// <summary>Two independent groups, each with its own variance (Welch 1947).</summary>
    /// <param name="a">The first group.</param>
    /// <param name="b">The second group.</param>
    /// <param name="alternative">What is held against "no difference". Default: two-sided.</param>
    public static TTest Welch(ReadOnlySpan<double> a, ReadOnlySpan<double> b, Alternative alternative = Alternative.TwoSided)
    {
        var (meanA, varianceA) = Moments(a);
        var (meanB, varianceB) = Moments(b);
        return Welch((meanA, varianceA, a.Length), (meanB, varianceB, b.Length), alternative);
    }

    /// <summary>Two independent groups, each with its own variance, of which only the moments are known.</summary>
    /// <param name="a">Mean, variance with n - 1, and n of the first group.</param>
    /// <param name="b">The same of the second group.</param>
    /// <param name="alternative">What is held against "no difference". Default: two-sided.</param>
    public static TTest Welch((double Mean, double Variance, long Count) a, (double Mean, double Variance, long Count) b, Alternative alternative = Alternative.TwoSided)
    {
        var (errorA, errorB) = (a.Variance / a.Count, b.Variance / b.Count);
        var sum = errorA + errorB;
        return Of(a.Mean - b.Mean, Math.Sqrt(sum), sum * sum / (errorA * errorA / (a.Count - 1) + errorB * errorB / (b.Count - 1)), alternative);
    }

    /// <summary>Such as "0.120 ± 0.011 (P = 3e-09)".</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Difference:F3} ± {HalfWidth:F3} (P = {PValue:G2})");

    private static TTest Of(double difference, double error, double freedom, Alternative alternative)
    {
        var t = difference / error;
        if (double.IsNaN(t) || !(freedom > 0))
        {
            return new TTest(difference, freedom > 0 ? error : double.NaN, freedom, double.NaN);
        }
        // The lower tail of -|t| keeps its digits where 1 - CDF has none left.
        var p = alternative switch
        {
            Alternative.TwoSided => 2 * Below(-Math.Abs(t), freedom),
            Alternative.Less => Below(t, freedom),
            _ => Below(-t, freedom),
        };
        return new TTest(difference, error, freedom, p);
    }

    private static double Below(double t, double freedom) =>
        double.IsInfinity(t) ? (t < 0 ? 0 : 1) : StudentT.CDF(0, 1, freedom, t);

    // Two passes: values far from zero keep their variance. Values that differ by no more than rounding do not vary: their rest would be a spread that makes anything certain.
    private static (double Mean, double Variance) Moments(ReadOnlySpan<double> values, double magnitude = 0)
    {
        if (values.IsEmpty)
        {
            return (double.NaN, double.NaN);
        }
        var (mean, smallest, largest) = (0.0, double.PositiveInfinity, double.NegativeInfinity);
        foreach (var value in values)
        {
            mean += value / values.Length;
            (smallest, largest) = (Math.Min(smallest, value), Math.Max(largest, value));
        }
        var rounding = Rounding * Math.Max(magnitude, Math.Max(Math.Abs(smallest), Math.Abs(largest)));
        if (largest - smallest <= rounding)
        {
            return (Math.Abs(mean) <= rounding ? 0 : mean, values.Length > 1 ? 0 : double.NaN);
        }
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += (value - mean) * (value - mean);
        }
        return (mean, sum / (values.Length - 1));
    }
}
