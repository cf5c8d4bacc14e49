namespace ScFm.Model.Regression;

/// <summary>Regression in which the sum of absolute coefficients is penalised, so that few are not zero.</summary>
/// <remarks>
/// The minimum over coefficients b of half the mean deviance plus penalty times the sum of f_j s_j |b_j|, with f the penalty's factors and s the
/// predictors' deviations (1 without standardising). Iteratively re-weighted least squares by coordinate descent (Friedman et al. 2010) over those
/// predictors alone whose slope once exceeded their penalty; all slopes are checked afterwards. A solution starts from the one before it: ask for
/// penalties in descending order.
/// </remarks>
/// <example>
/// <code>
/// var lasso = new Lasso(new DensePredictors(x), y, ResponseFamily.Poisson);
/// var solution = lasso.Solve(0.1 * lasso.LargestPenalty);
/// Console.WriteLine(solution.Selected);
/// </code>
/// </example>
public sealed class Lasso
{
    private readonly LassoState state;
    private readonly LassoOptions options;
    private readonly double[]? factors;
    private readonly double[] gradient;

    /// <summary>Prepares a regression whose coefficients are all zero.</summary>
    /// <param name="predictors">The predictors.</param>
    /// <param name="response">One value a sample.</param>
    /// <param name="family">How the response is distributed.</param>
    /// <param name="options">How it is solved. Default: see there.</param>
    /// <param name="weights">What each sample counts, at least 0; one of weight 0 is predicted but not learned from. Default: 1 each.</param>
    /// <param name="factors">What each predictor's penalty is multiplied with, at least 0; infinity leaves it out. Default: 1 each.</param>
    /// <exception cref="ArgumentException">A length does not fit, or the family cannot have a response.</exception>
    public Lasso(
        Predictors predictors, ReadOnlySpan<double> response, ResponseFamily family, LassoOptions? options = null,
        double[]? weights = null, double[]? factors = null)
        : this(new StandardisedColumns(predictors, (options ?? new()).Standardise), response.ToArray(), family, Options.Validate(options ?? new()), weights, factors)
    {
    }

    internal Lasso(StandardisedColumns columns, double[] response, ResponseFamily family, LassoOptions options, double[]? weights, double[]? factors)
    {
        Expect("responses", response.Length, columns.Samples, "sample");
        Expect("weights", weights?.Length ?? columns.Samples, columns.Samples, "sample");
        Expect("factors of the penalty", factors?.Length ?? columns.Count, columns.Count, "predictor");
        if (Array.FindIndex(response, y => !family.Allows(y)) is var bad and >= 0)
        {
            throw new ArgumentException(FormattableString.Invariant($"The response of sample {bad} is {response[bad]}; expected one that the family can have."), nameof(response));
        }
        (this.options, this.factors) = (options, factors);
        state = new LassoState(columns, response, family, Shares(weights, response.Length));
        gradient = new double[columns.Count];
        state.Gradient(gradient);
        for (var j = 0; j < gradient.Length; j++)
        {
            LargestPenalty = state.CanHelp(j) && Factor(j) > 0 ? Math.Max(LargestPenalty, Math.Abs(gradient[j]) / Factor(j)) : LargestPenalty;
        }
        Penalty = LargestPenalty;
    }

    /// <summary>The smallest penalty under which every penalised coefficient is zero; 0 where no predictor can help.</summary>
    public double LargestPenalty { get; }

    /// <summary>The penalty that was last solved for.</summary>
    public double Penalty { get; private set; }

    /// <summary>The fitted mean of every sample, those of weight 0 included.</summary>
    public ReadOnlySpan<double> Means => state.Means;

    /// <summary>Number of coefficients that are not zero.</summary>
    public int Selected => state.Selected;

    /// <summary>Penalties that fall from the largest in equal ratios.</summary>
    public static double[] Penalties(double largest, LassoOptions options) =>
        [.. Enumerable.Range(0, options.PathLength).Select(i => largest * Math.Pow(options.SmallestShare, (double)i / Math.Max(1, options.PathLength - 1)))];

    /// <summary>Solves for penalties that fall from <see cref="LargestPenalty"/> in equal ratios, until more predictors than allowed are selected.</summary>
    /// <param name="cancellation">Stops between two penalties.</param>
    public IEnumerable<LassoSolution> Path(CancellationToken cancellation = default)
    {
        foreach (var next in Penalties(LargestPenalty, options))
        {
            cancellation.ThrowIfCancellationRequested();
            Advance(next);
            if (Selected > options.MostPredictors)
            {
                yield break;
            }
            yield return state.Solution(next);
        }
    }

    /// <summary>Solves for one penalty, from where the last one ended.</summary>
    /// <param name="penalty">At least 0.</param>
    public LassoSolution Solve(double penalty)
    {
        if (!(penalty >= 0))
        {
            throw new ArgumentOutOfRangeException(nameof(penalty), FormattableString.Invariant($"The penalty is {penalty}; expected a number of at least 0."));
        }
        Advance(penalty);
        return state.Solution(penalty);
    }

    /// <summary>Mean deviance of samples, such as those that were left out.</summary>
    /// <param name="weights">What each sample counts.</param>
    internal double MeanDeviance(ReadOnlySpan<double> weights) => state.MeanDeviance(weights);

    /// <summary>Moves the state to the solution of a penalty.</summary>
    internal void Advance(double next)
    {
        Penalty = next;
        AdmitSteep();
        do
        {
            state.Iterate(j => Penalty * Factor(j), options.Tolerance);
            state.Gradient(gradient);
        }
        while (AdmitSteep());
    }

    /// <summary>Lets in every predictor whose slope its penalty does not hold; tells whether there was one.</summary>
    private bool AdmitSteep()
    {
        var before = state.Candidates;
        for (var j = 0; j < gradient.Length; j++)
        {
            if (Math.Abs(gradient[j]) > Factor(j) * Penalty)
            {
                state.Admit(j);
            }
        }
        return state.Candidates > before;
    }

    private double Factor(int predictor) => factors?[predictor] ?? 1;

    private static double[] Shares(double[]? weights, int samples)
    {
        weights ??= [.. Enumerable.Repeat(1.0, samples)];
        var total = weights.Sum();
        if (weights.Any(w => !(w >= 0)) || !(total > 0) || double.IsInfinity(total))
        {
            throw new ArgumentException("The weights of the samples hold one that is negative or not finite, or are all zero; expected numbers of at least 0 with a sum above it.", nameof(weights));
        }
        return Array.ConvertAll(weights, w => w / total);
    }

    private static void Expect(string what, int found, int expected, string of)
    {
        if (found != expected)
        {
            throw new ArgumentException($"There are {found} {what}; expected {expected}, one a {of}.");
        }
    }
}
