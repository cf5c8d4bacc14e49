using ScFm.Model.Cells;

namespace ScFm.Model.Regression.Logistic;

/// <summary>Logistic regression in which absolute coefficients are penalised, so that few are not zero.</summary>
/// <remarks>
/// The minimum of the sum of |w| plus C times the sum of the samples' losses: scikit-learn's LogisticRegression(penalty="l1") with the solver liblinear
/// (one-versus-rest, intercepts penalised) or saga (multinomial, intercepts free). Samples are rows of a sparse matrix that is never made dense.
/// </remarks>
/// <example><code>
/// var model = LogisticRegression.Fit(expression, labels, classes: 10, new() { C = 0.1 });
/// Console.WriteLine($"{model.Selected} coefficients");
/// </code></example>
public static class LogisticRegression
{
    /// <summary>Fits one model.</summary>
    /// <param name="predictors">[samples, predictors].</param>
    /// <param name="labels">The class of each sample, 0 to <paramref name="classes"/> - 1; a class may have none.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="options">C, scheme and tolerance. Default: see there.</param>
    /// <param name="progress">Told of each solved problem. Default: nobody.</param>
    /// <param name="cancellation">Stops between two steps.</param>
    /// <exception cref="ArgumentException">An option is out of range, the labels do not fit, all are of one class, or a value is no number.</exception>
    public static LogisticModel Fit(
        CsrMatrix predictors, ReadOnlySpan<int> labels, int classes, LogisticOptions? options = null,
        IProgress<LogisticProgress>? progress = null, CancellationToken cancellation = default) =>
        Path(predictors, labels, classes, [(options ?? new()).C], options, progress, cancellation)[0];

    /// <summary>Fits a model for each of several C, each from where the one before ended.</summary>
    /// <param name="predictors">[samples, predictors].</param>
    /// <param name="labels">The class of each sample, 0 to <paramref name="classes"/> - 1; a class may have none.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="cs">The values of C, best in ascending order.</param>
    /// <param name="options">Scheme and tolerance; its C is not looked at. Default: see there.</param>
    /// <param name="progress">Told of each solved problem. Default: nobody.</param>
    /// <param name="cancellation">Stops between two steps.</param>
    /// <returns>One model a C.</returns>
    /// <exception cref="ArgumentException">An option is out of range, the labels do not fit, all are of one class, or a value is no number.</exception>
    public static LogisticModel[] Path(
        CsrMatrix predictors, ReadOnlySpan<int> labels, int classes, IReadOnlyList<double> cs, LogisticOptions? options = null,
        IProgress<LogisticProgress>? progress = null, CancellationToken cancellation = default)
    {
        options = Options.Validate(options ?? new());
        foreach (var c in cs)
        {
            Options.Validate(options with { C = c });
        }
        return Path(new LogisticProblem(predictors, labels, classes, options), cs, new LogisticCounter(progress), cancellation);
    }

    /// <summary>The same for a problem that was made before.</summary>
    internal static LogisticModel[] Path(LogisticProblem problem, IReadOnlyList<double> cs, LogisticCounter counter, CancellationToken cancellation)
    {
        var solvers = problem.Solvers(problem.Counts(_ => false), problem.Options.Tolerance);
        counter.Add(solvers.Length * cs.Count);
        var outputs = problem.Classes == 2 ? 1 : problem.Classes;
        LogisticModel Empty(double c) => new(
            problem.Options.Scheme, c, [.. Enumerable.Repeat(double.NegativeInfinity, outputs)],
            [.. Enumerable.Range(0, outputs).Select(_ => new double[problem.Columns.Count])], 0, 0);
        LogisticModel[] models = [.. cs.Select(Empty)];
        var (objectives, gaps) = (new double[cs.Count, solvers.Length], new double[cs.Count, solvers.Length]);
        Parallel.For(0, solvers.Length, problem.Processors(cancellation), s =>
        {
            for (var i = 0; i < cs.Count; i++)
            {
                solvers[s].Solve(cs[i], cancellation);
                foreach (var output in solvers[s].Outputs)
                {
                    var row = outputs == 1 ? 0 : output.Class;
                    models[i].Intercepts[row] = output.Intercept;
                    output.Coefficients.CopyTo(models[i].Coefficients[row], 0);
                }
                (objectives[i, s], gaps[i, s]) = (solvers[s].Objective, solvers[s].Gap);
                counter.Solved(cs[i], solvers[s].Objective);
            }
        });
        double Sum(double[,] of, int i) => Enumerable.Range(0, solvers.Length).Sum(s => of[i, s]);
        return [.. models.Select((model, i) => model with { Objective = Sum(objectives, i), Gap = Sum(gaps, i) })];
    }
}
