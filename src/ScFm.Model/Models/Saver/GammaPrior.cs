using MathNet.Numerics;

namespace ScFm.Model.Models.Saver;

/// <summary>The prior of one gene's expression: a gamma distribution about each cell's predicted mean.</summary>
/// <remarks>Huang et al. 2018: a count is Poisson with mean size times expression; expression is gamma, so that counts are negative binomial.</remarks>
/// <param name="Spread">What is constant over cells.</param>
/// <param name="Dispersion">Its value: squared coefficient of variation, Fano factor or variance; above 0.</param>
/// <param name="LogLikelihood">Of the counts the prior was fitted to, up to what does not depend on the prior.</param>
public sealed record GammaPrior(PriorSpread Spread, double Dispersion, double LogLikelihood)
{
    // The dispersion is sought within these factors of what would be as large as the mean. Below, the prior is a point for all purposes; above, it says nothing.
    private const double Narrowest = 1e-4;
    private const double Widest = 1e4;
    private const int GridSteps = 16;
    private const double Tolerance = 1e-3;

    // A rising factorial of fewer terms is multiplied out.
    private const int FewTerms = 20;

    /// <summary>Shape of the gamma distribution with a mean.</summary>
    public double Shape(double mean) => Spread switch
    {
        PriorSpread.ConstantCoefficientOfVariation => 1 / Dispersion,
        PriorSpread.ConstantFanoFactor => mean / Dispersion,
        _ => mean * mean / Dispersion,
    };

    /// <summary>Rate of the gamma distribution with a mean.</summary>
    public double Rate(double mean) => Shape(mean) / mean;

    /// <summary>Expected expression once a count has been seen: (count + shape) / (size + rate), between the prior's mean and the count's own.</summary>
    /// <param name="count">The count.</param>
    /// <param name="size">The cell's size: its library over the mean library.</param>
    /// <param name="mean">The prior's mean.</param>
    public double PosteriorMean(double count, double size, double mean) => (count + Shape(mean)) / (size + Rate(mean));

    /// <summary>Variance of the expression once a count has been seen: (count + shape) / (size + rate)².</summary>
    /// <param name="count">The count.</param>
    /// <param name="size">The cell's size.</param>
    /// <param name="mean">The prior's mean.</param>
    public double PosteriorVariance(double count, double size, double mean) => PosteriorMean(count, size, mean) / (size + Rate(mean));

    /// <summary>The most likely prior of the three kinds.</summary>
    /// <param name="counts">One a cell.</param>
    /// <param name="sizes">Each cell's size.</param>
    /// <param name="means">Each cell's prior mean, above 0.</param>
    public static GammaPrior Fit(ReadOnlySpan<double> counts, ReadOnlySpan<double> sizes, ReadOnlySpan<double> means)
    {
        var best = Fit(PriorSpread.ConstantCoefficientOfVariation, counts, sizes, means);
        foreach (var spread in (ReadOnlySpan<PriorSpread>)[PriorSpread.ConstantFanoFactor, PriorSpread.ConstantVariance])
        {
            var other = Fit(spread, counts, sizes, means);
            best = other.LogLikelihood > best.LogLikelihood ? other : best;
        }
        return best;
    }

    /// <summary>The most likely prior of one kind.</summary>
    /// <param name="spread">What is constant over cells.</param>
    /// <param name="counts">One a cell.</param>
    /// <param name="sizes">Each cell's size.</param>
    /// <param name="means">Each cell's prior mean, above 0.</param>
    public static GammaPrior Fit(PriorSpread spread, ReadOnlySpan<double> counts, ReadOnlySpan<double> sizes, ReadOnlySpan<double> means)
    {
        var average = 0.0;
        foreach (var mean in means)
        {
            average += mean / means.Length;
        }
        var unit = Math.Pow(average, (int)spread);
        // A grid finds the hill, golden sections its top.
        var step = Math.Log(Widest / Narrowest) / GridSteps;
        var best = At(0, counts, sizes, means);
        var top = 0;
        for (var i = 1; i <= GridSteps; i++)
        {
            var next = At(i, counts, sizes, means);
            (best, top) = next.LogLikelihood > best.LogLikelihood ? (next, i) : (best, top);
        }
        var (low, high) = (Math.Max(0, top - 1.0), Math.Min(GridSteps, top + 1.0));
        var (left, right) = (At(Lower(low, high), counts, sizes, means), At(Upper(low, high), counts, sizes, means));
        while ((high - low) * step > Tolerance)
        {
            if (left.LogLikelihood > right.LogLikelihood)
            {
                high = Upper(low, high);
                (right, left) = (left, At(Lower(low, high), counts, sizes, means));
            }
            else
            {
                low = Lower(low, high);
                (left, right) = (right, At(Upper(low, high), counts, sizes, means));
            }
        }
        var found = left.LogLikelihood > right.LogLikelihood ? left : right;
        return found.LogLikelihood > best.LogLikelihood ? found : best;

        GammaPrior At(double place, ReadOnlySpan<double> y, ReadOnlySpan<double> s, ReadOnlySpan<double> m)
        {
            var prior = new GammaPrior(spread, unit * Narrowest * Math.Exp(place * step), double.NaN);
            return prior with { LogLikelihood = prior.LogLikelihoodOf(y, s, m) };
        }
    }

    private static double Lower(double low, double high) => high - (high - low) / Constants.GoldenRatio;

    private static double Upper(double low, double high) => low + (high - low) / Constants.GoldenRatio;

    /// <summary>The negative binomial likelihood of counts, less the terms without shape and rate.</summary>
    private double LogLikelihoodOf(ReadOnlySpan<double> counts, ReadOnlySpan<double> sizes, ReadOnlySpan<double> means)
    {
        var sum = 0.0;
        for (var cell = 0; cell < counts.Length; cell++)
        {
            var shape = Shape(means[cell]);
            var rate = shape / means[cell];
            sum -= shape * LogOnePlus(sizes[cell] / rate);
            if (counts[cell] > 0)
            {
                sum += LogRising(shape, counts[cell]) - counts[cell] * Math.Log(rate + sizes[cell]);
            }
        }
        return sum;
    }

    /// <summary>Logarithm of shape (shape + 1) ... (shape + count - 1).</summary>
    private static double LogRising(double shape, double count)
    {
        if (count > FewTerms)
        {
            return SpecialFunctions.GammaLn(shape + count) - SpecialFunctions.GammaLn(shape);
        }
        var sum = 0.0;
        for (var k = 0; k < count; k++)
        {
            sum += Math.Log(shape + k);
        }
        return sum;
    }

    // Exact to rounding where 1 + x would lose x.
    private static double LogOnePlus(double x) => x < 1e-4 ? x * (1 - x * (0.5 - x / 3)) : Math.Log(1 + x);
}
