using System.Numerics;

namespace ScFm.Model.Metrics;

/// <summary>How near predicted expression is to the true one.</summary>
public static class Reconstruction
{
    /// <summary>Mean squared error: mean of (p - t)².</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static double MeanSquaredError<T>(ReadOnlySpan<T> truth, ReadOnlySpan<T> predicted) where T : INumber<T> =>
        Mean(truth, predicted, (t, p) => (p - t) * (p - t));

    /// <summary>Mean absolute error (MAE): mean of |p - t|.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static double MeanAbsoluteError<T>(ReadOnlySpan<T> truth, ReadOnlySpan<T> predicted) where T : INumber<T> =>
        Mean(truth, predicted, (t, p) => Math.Abs(p - t));

    /// <summary>Mean relative error (MRE): mean of |p - t| / t, over entries whose truth is not zero.</summary>
    /// <remarks>This is the usual meaning of the words, and what the scFoundation paper's percentages amount to; see <see cref="MeanRelativeSquaredError"/> for its formula.</remarks>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static double MeanRelativeError<T>(ReadOnlySpan<T> truth, ReadOnlySpan<T> predicted) where T : INumber<T> =>
        Mean(truth, predicted, (t, p) => Math.Abs(p - t) / Math.Abs(t), expressedOnly: true);

    /// <summary>Mean of (p - t)² / t, over entries whose truth is not zero: "MRE" as the formula in the scFoundation paper's methods is written, with a squared numerator.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static double MeanRelativeSquaredError<T>(ReadOnlySpan<T> truth, ReadOnlySpan<T> predicted) where T : INumber<T> =>
        Mean(truth, predicted, (t, p) => (p - t) * (p - t) / Math.Abs(t), expressedOnly: true);

    /// <summary>The scores of enhancement in the scFoundation paper, over the genes that are expressed in truth (not zero).</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static RecoveryScores OfExpressed<T>(ReadOnlySpan<T> truth, ReadOnlySpan<T> predicted) where T : INumber<T>
    {
        var (t, p) = (Widened(truth, predicted.Length), Widened(predicted, truth.Length));
        var expressed = Enumerable.Range(0, t.Length).Where(i => t[i] != 0).ToArray();
        t = Array.ConvertAll(expressed, i => t[i]);
        p = Array.ConvertAll(expressed, i => p[i]);
        return new RecoveryScores(
            expressed.Length, MeanAbsoluteError<double>(t, p), MeanRelativeError<double>(t, p), MeanRelativeSquaredError<double>(t, p),
            Correlation.Pearson<double>(t, p).Coefficient);
    }

    internal static double[] Widened<T>(ReadOnlySpan<T> values, int otherLength) where T : INumber<T>
    {
        if (values.Length != otherLength)
        {
            throw new ArgumentException($"The two series have {values.Length} and {otherLength} values; expected as many of each.");
        }
        var wide = new double[values.Length];
        for (var i = 0; i < wide.Length; i++)
        {
            wide[i] = double.CreateChecked(values[i]);
        }
        return wide;
    }

    // NaN where nothing counts.
    private static double Mean<T>(
        ReadOnlySpan<T> truth, ReadOnlySpan<T> predicted, Func<double, double, double> term, bool expressedOnly = false) where T : INumber<T>
    {
        var (t, p) = (Widened(truth, predicted.Length), Widened(predicted, truth.Length));
        var (sum, count) = (0.0, 0);
        for (var i = 0; i < t.Length; i++)
        {
            if (!expressedOnly || t[i] != 0)
            {
                sum += term(t[i], p[i]);
                count++;
            }
        }
        return count == 0 ? double.NaN : sum / count;
    }
}
