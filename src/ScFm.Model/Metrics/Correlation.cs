using System.Numerics;
using MathNet.Numerics.Distributions;

namespace ScFm.Model.Metrics;

/// <summary>How closely two series go together, and how likely as close a relation would be by chance.</summary>
/// <param name="Coefficient">In [-1, 1]; NaN where a series does not vary or has fewer than two values.</param>
/// <param name="PValue">Two-sided, by Student's t with n - 2 degrees of freedom; 1 for two values.</param>
public readonly partial record struct Correlation(double Coefficient, double PValue)
{
    /// <summary>Pearson's linear correlation: covariance over the product of the deviations.</summary>
    /// <exception cref="ArgumentException">The series have different lengths.</exception>
    public static Correlation Pearson<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b) where T : INumber<T> =>
        Of(Reconstruction.Widened(a, b.Length), Reconstruction.Widened(b, a.Length));

    /// <summary>Spearman's rank correlation: Pearson's of the ranks, ties at their mean rank.</summary>
    /// <exception cref="ArgumentException">The series have different lengths.</exception>
    public static Correlation Spearman<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b) where T : INumber<T> =>
        Of(Ranks.Average(Reconstruction.Widened(a, b.Length)), Ranks.Average(Reconstruction.Widened(b, a.Length)));

    private static Correlation Of(double[] a, double[] b)
    {
        var coefficient = Math.Clamp(MathNet.Numerics.Statistics.Correlation.Pearson(a, b), -1, 1);
        var freedom = a.Length - 2;
        if (double.IsNaN(coefficient) || freedom < 1)
        {
            return new Correlation(coefficient, freedom == 0 && !double.IsNaN(coefficient) ? 1 : double.NaN);
        }
        var t = Math.Abs(coefficient) * Math.Sqrt(freedom / ((1 - coefficient) * (1 + coefficient)));
        return new Correlation(coefficient, double.IsInfinity(t) ? 0 : 2 * StudentT.CDF(0, 1, freedom, -t));
    }
}
