using MathNet.Numerics;
using MathNet.Numerics.RootFinding;

namespace ScFm.Model.Models.ScImpute;

/// <summary>A gene's values in similar cells: a gamma part of dropouts near zero and a normal part of true expression.</summary>
/// <remarks>Li and Li 2018, equation 1, fitted by expectation and maximisation.</remarks>
/// <param name="DropoutShare">Weight of the gamma part, 0 to 1.</param>
/// <param name="Shape">Shape of the gamma part.</param>
/// <param name="Rate">Rate of the gamma part.</param>
/// <param name="Mean">Mean of the normal part.</param>
/// <param name="Deviation">Standard deviation of the normal part.</param>
public sealed record GammaNormalMixture(double DropoutShare, double Shape, double Rate, double Mean, double Deviation)
{
    private const int MostRounds = 500;

    // Of the mean log-likelihood.
    private const double Tolerance = 1e-7;

    // Zeros all have the same value: without bounds the part that holds them would be infinitely narrow and likely.
    private const double LargestShape = 20;
    private const double LeastDeviation = 0.05;
    private const double LeastShare = 1e-6;

    /// <summary>Fits the mixture.</summary>
    /// <param name="values">Values above 0, on the scale log10(counts per million + 1.01).</param>
    /// <param name="times">How often each occurs.</param>
    public static GammaNormalMixture Fit(ReadOnlySpan<double> values, ReadOnlySpan<double> times)
    {
        var logarithms = new double[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            logarithms[i] = Math.Log(values[i]);
        }
        var mixture = Start(values, times);
        var (dropout, before) = (new double[values.Length], double.NegativeInfinity);
        for (var round = 0; round < MostRounds; round++)
        {
            var likelihood = mixture.Expect(values, logarithms, times, dropout);
            if (likelihood - before < Tolerance)
            {
                break;
            }
            before = likelihood;
            mixture = mixture.Maximise(values, logarithms, times, dropout);
        }
        return mixture;
    }

    /// <summary>The probability that a value is a dropout: the gamma part's share of the density. 0 above the normal mean, where only the gamma's longer tail would claim it.</summary>
    public double DropoutProbability(double value) => value > Mean ? 0 : Claim(value, Math.Log(value)).Dropout;

    // The zeros begin as dropouts and the rest as expression.
    private static GammaNormalMixture Start(ReadOnlySpan<double> values, ReadOnlySpan<double> times)
    {
        var (zeros, total, sum, squares) = (0.0, 0.0, 0.0, 0.0);
        for (var i = 0; i < values.Length; i++)
        {
            total += times[i];
            if (values[i] <= LogScale.Zero)
            {
                zeros += times[i];
                continue;
            }
            sum += times[i] * values[i];
            squares += times[i] * values[i] * values[i];
        }
        var expressed = Math.Max(total - zeros, 1);
        var mean = sum / expressed;
        var deviation = Math.Sqrt(Math.Max(squares / expressed - mean * mean, 0));
        return new GammaNormalMixture(Math.Clamp(zeros / total, 0.01, 0.99), 0.5, 1, mean, Math.Max(deviation, LeastDeviation));
    }

    /// <summary>Writes each value's probability of being a dropout and gives the mean log-likelihood.</summary>
    private double Expect(ReadOnlySpan<double> values, ReadOnlySpan<double> logarithms, ReadOnlySpan<double> times, Span<double> dropout)
    {
        var (sum, total) = (0.0, 0.0);
        for (var i = 0; i < values.Length; i++)
        {
            (dropout[i], var likelihood) = Claim(values[i], logarithms[i]);
            sum += times[i] * likelihood;
            total += times[i];
        }
        return sum / total;
    }

    /// <summary>The mixture that is most likely where each value belongs to a part with its probability.</summary>
    private GammaNormalMixture Maximise(ReadOnlySpan<double> values, ReadOnlySpan<double> logarithms, ReadOnlySpan<double> times, ReadOnlySpan<double> dropout)
    {
        var (total, low, lowSum, lowLogarithms, highSum) = (0.0, 0.0, 0.0, 0.0, 0.0);
        for (var i = 0; i < values.Length; i++)
        {
            var weight = times[i] * dropout[i];
            total += times[i];
            low += weight;
            lowSum += weight * values[i];
            lowLogarithms += weight * logarithms[i];
            highSum += (times[i] - weight) * values[i];
        }
        var share = Math.Clamp(low / total, LeastShare, 1 - LeastShare);
        var (shape, rate, mean, deviation) = (Shape, Rate, Mean, Deviation);
        if (low > LeastShare * total)
        {
            shape = ShapeOf(Math.Log(lowSum / low) - lowLogarithms / low);
            rate = shape * low / lowSum;
        }
        if (total - low > LeastShare * total)
        {
            mean = highSum / (total - low);
            var squares = 0.0;
            for (var i = 0; i < values.Length; i++)
            {
                squares += times[i] * (1 - dropout[i]) * (values[i] - mean) * (values[i] - mean);
            }
            deviation = Math.Max(Math.Sqrt(squares / (total - low)), LeastDeviation);
        }
        return new GammaNormalMixture(share, shape, rate, mean, deviation);
    }

    /// <summary>The gamma shape whose log of the mean lies so far above the mean of the logs.</summary>
    private static double ShapeOf(double excess)
    {
        if (Excess(LargestShape) >= excess)
        {
            return LargestShape;
        }
        // Between these bounds lies the root of log(shape) - digamma(shape) = excess, since 1 / 2a < log(a) - digamma(a) < 1 / a.
        return Brent.FindRoot(shape => Excess(shape) - excess, 0.5 / excess, 1 / excess, accuracy: 1e-8);

        static double Excess(double shape) => Math.Log(shape) - SpecialFunctions.DiGamma(shape);
    }

    /// <summary>The probability of being a dropout, and the logarithm of the density.</summary>
    private (double Dropout, double LogLikelihood) Claim(double value, double logarithm)
    {
        var gamma = Math.Log(DropoutShare) + Shape * Math.Log(Rate) - SpecialFunctions.GammaLn(Shape) + (Shape - 1) * logarithm - Rate * value;
        var away = (value - Mean) / Deviation;
        var normal = Math.Log(1 - DropoutShare) - Math.Log(Deviation * Constants.Sqrt2Pi) - away * away / 2;
        var larger = Math.Max(gamma, normal);
        var density = Math.Exp(gamma - larger) + Math.Exp(normal - larger);
        return (Math.Exp(gamma - larger) / density, larger + Math.Log(density));
    }
}
