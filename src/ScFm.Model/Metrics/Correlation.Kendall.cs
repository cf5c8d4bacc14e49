using System.Numerics;
using MathNet.Numerics.Distributions;

namespace ScFm.Model.Metrics;

public readonly partial record struct Correlation
{
    /// <summary>Kendall's tau-b: pairs in the same order less pairs in the opposite one, over all pairs without ties.</summary>
    /// <remarks>The P-value is by the normal distribution, with the variance corrected for ties (Kendall 1970); it takes some ten values for that to hold. Time grows with the square of the length.</remarks>
    /// <exception cref="ArgumentException">The series have different lengths.</exception>
    public static Correlation Kendall<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b) where T : INumber<T>
    {
        var (x, y) = (Reconstruction.Widened(a, b.Length), Reconstruction.Widened(b, a.Length));
        var difference = 0L;
        for (var i = 0; i < x.Length; i++)
        {
            for (var j = 0; j < i; j++)
            {
                difference += x[i].CompareTo(x[j]) * y[i].CompareTo(y[j]);
            }
        }
        double n = x.Length;
        var (tiesX, tiesY) = (Ranks.Ties(x), Ranks.Ties(y));
        double Pairs(int[] ties) => ties.Sum(t => t * (t - 1.0)) / 2;
        double Triples(int[] ties) => ties.Sum(t => t * (t - 1.0) * (t - 2));
        double Spread(int[] ties) => ties.Sum(t => t * (t - 1.0) * (2 * t + 5));
        var all = n * (n - 1) / 2;
        var (tiedX, tiedY) = (Pairs(tiesX), Pairs(tiesY));
        var coefficient = difference / Math.Sqrt(all - tiedX) / Math.Sqrt(all - tiedY);
        var variance = (2 * all * (2 * n + 5) - Spread(tiesX) - Spread(tiesY)) / 18
            + 2 * tiedX * tiedY / (2 * all)
            + Triples(tiesX) * Triples(tiesY) / (9 * 2 * all * (n - 2));
        return new Correlation(coefficient, 2 * Normal.CDF(0, 1, -Math.Abs(difference) / Math.Sqrt(variance)));
    }
}
