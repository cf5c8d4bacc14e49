using ScFm.Model.Cells;

namespace ScFm.Model.Regression.Logistic;

/// <summary>A logistic regression whose C was chosen by leaving parts of the samples out.</summary>
/// <param name="Model">Fitted to all samples under the chosen C.</param>
/// <param name="Cs">The values that were tried, ascending.</param>
/// <param name="Accuracies">For each of them the mean over folds of the share of left-out samples that were recognised.</param>
public sealed record LogisticCrossValidation(LogisticModel Model, double[] Cs, double[] Accuracies)
{
    /// <summary>Chooses the C of greatest accuracy, of equals the smallest, and fits all samples under it.</summary>
    /// <remarks>
    /// Each fold goes up the values of C, each solution starting from the one before. Folds share the matrix: a sample that is left out counts nothing, but is predicted.
    /// A class with one sample only is never recognised while that is left out.
    /// </remarks>
    /// <param name="predictors">[samples, predictors].</param>
    /// <param name="labels">The class of each sample, 0 to <paramref name="classes"/> - 1.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="seed">Fixes the folds.</param>
    /// <param name="choice">Values and folds. Default: see there.</param>
    /// <param name="options">Scheme and tolerance of the model; its C is not looked at. Default: see there.</param>
    /// <param name="progress">Told of each solved problem. Default: nobody.</param>
    /// <param name="cancellation">Stops between two steps.</param>
    /// <exception cref="ArgumentException">An option is out of range, the labels do not fit, all are of one class, there are fewer samples than folds, a fold leaves one class alone, or a value is no number.</exception>
    public static LogisticCrossValidation Run(
        CsrMatrix predictors, ReadOnlySpan<int> labels, int classes, int seed = 0, LogisticCrossValidationOptions? choice = null, LogisticOptions? options = null,
        IProgress<LogisticProgress>? progress = null, CancellationToken cancellation = default)
    {
        choice = Options.Validate(choice ?? new());
        options = Options.Validate(options ?? new());
        var problem = new LogisticProblem(predictors, labels, classes, options);
        var foldOf = StratifiedFolds.Of(labels, choice.Folds, seed);
        var (cs, counter) = (choice.Grid(), new LogisticCounter(progress));
        var folds = Enumerable.Range(0, choice.Folds).Select(fold => problem.Solvers(problem.Counts(i => foldOf[i] == fold), Math.Max(choice.Tolerance, options.Tolerance))).ToArray();
        counter.Add(folds.Sum(solvers => solvers.Length) * cs.Length);

        var predicted = new LeftOutPredictions(cs.Length, labels.Length);
        var work = folds.SelectMany((solvers, fold) => solvers.Select(solver => (Fold: fold, Solver: solver))).ToArray();
        Parallel.For(0, work.Length, problem.Processors(cancellation), w =>
        {
            var (fold, solver) = work[w];
            for (var i = 0; i < cs.Length; i++)
            {
                if (solver.Unexplained > choice.Saturation)
                {
                    solver.Solve(cs[i], cancellation);
                }
                predicted.Add(i, solver.Outputs, classes, sample => foldOf[sample] == fold);
                counter.Solved(cs[i], solver.Objective);
            }
        });
        double[] accuracies = [.. cs.Select((_, i) => predicted.Accuracy(i, problem.Labels, foldOf, choice.Folds))];
        var best = Array.IndexOf(accuracies, accuracies.Max());
        return new LogisticCrossValidation(LogisticRegression.Path(problem, [cs[best]], counter, cancellation)[0], cs, accuracies);
    }
}
