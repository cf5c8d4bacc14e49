namespace ScFm.Model.Regression;

/// <summary>A LASSO whose penalty was chosen by leaving parts of the samples out.</summary>
/// <remarks>
/// All folds share one path of penalties and move along it together, so that the path can end where the error has long risen instead of at its
/// costly dense end.
/// </remarks>
public sealed class LassoCrossValidation
{
    private LassoCrossValidation(LassoSolution solution, double[] means, double[] penalties, double[] deviances) =>
        (Solution, Means, Penalties, Deviances) = (solution, means, penalties, deviances);

    /// <summary>The coefficients from all samples under the chosen penalty.</summary>
    public LassoSolution Solution { get; }

    /// <summary>The fitted mean of every sample.</summary>
    public double[] Means { get; }

    /// <summary>The penalties that were tried, in descending order.</summary>
    public double[] Penalties { get; }

    /// <summary>For each of them the mean deviance of samples that were left out.</summary>
    public double[] Deviances { get; }

    /// <summary>Chooses the penalty of least deviance.</summary>
    /// <param name="predictors">The predictors.</param>
    /// <param name="response">One value a sample.</param>
    /// <param name="family">How the response is distributed.</param>
    /// <param name="foldOf">The fold of each sample, counted from 0; at least two folds, none empty.</param>
    /// <param name="options">How it is solved. Default: see there.</param>
    /// <param name="factors">What each predictor's penalty is multiplied with; infinity leaves it out. Default: 1 each.</param>
    /// <param name="cancellation">Stops between two penalties.</param>
    /// <exception cref="ArgumentException">A length does not fit, or there are not two folds.</exception>
    public static LassoCrossValidation Run(
        Predictors predictors, ReadOnlySpan<double> response, ResponseFamily family, int[] foldOf, LassoOptions? options = null,
        double[]? factors = null, CancellationToken cancellation = default)
    {
        options = Options.Validate(options ?? new());
        var left = LeftOut(foldOf, predictors.Samples);
        var columns = new StandardisedColumns(predictors, options.Standardise);
        var values = response.ToArray();
        var whole = new Lasso(columns, values, family, options, weights: null, factors);
        var parts = Array.ConvertAll(left, l => new Lasso(columns, values, family, options, Array.ConvertAll(l, w => 1 - w), factors));

        var penalties = Lasso.Penalties(whole.LargestPenalty, options);
        var (deviances, best) = (new List<double>(), 0);
        for (var i = 0; i < penalties.Length && i <= best + options.Patience; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var sum = 0.0;
            for (var fold = 0; fold < parts.Length; fold++)
            {
                parts[fold].Advance(penalties[i]);
                sum += left[fold].Sum() * parts[fold].MeanDeviance(left[fold]);
            }
            deviances.Add(sum / values.Length);
            best = deviances[i] < deviances[best] ? i : best;
            if (whole.LargestPenalty == 0 || parts.Any(p => p.Selected > options.MostPredictors))
            {
                break;
            }
        }
        for (var i = 0; i < best; i++)
        {
            whole.Advance(penalties[i]);
        }
        return new LassoCrossValidation(whole.Solve(penalties[best]), whole.Means.ToArray(), penalties[..deviances.Count], [.. deviances]);
    }

    /// <summary>For each fold a weight of 1 for the samples in it and 0 for the others.</summary>
    private static double[][] LeftOut(int[] foldOf, int samples)
    {
        if (foldOf.Length != samples)
        {
            throw new ArgumentException($"There are {foldOf.Length} folds of samples; expected {samples}, one a sample.", nameof(foldOf));
        }
        var folds = foldOf.Max() + 1;
        if (folds < 2 || foldOf.Min() < 0 || foldOf.Distinct().Count() < folds)
        {
            throw new ArgumentException($"The samples are in {foldOf.Distinct().Count()} folds from {foldOf.Min()} to {folds - 1}; expected at least 2, counted from 0, none empty.", nameof(foldOf));
        }
        return [.. Enumerable.Range(0, folds).Select(fold => Array.ConvertAll(foldOf, f => f == fold ? 1.0 : 0.0))];
    }
}
