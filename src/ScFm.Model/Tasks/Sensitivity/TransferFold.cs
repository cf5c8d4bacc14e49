using ScFm.Model.Models.Scad;
using ScFm.Model.Regression.Logistic;

namespace ScFm.Model.Tasks.Sensitivity;

/// <summary>Which samples and cells are for what: as in the published runs, a part of each domain is left out of training, and the cells left out are scored.</summary>
/// <param name="Number">Which fold it is, from 0.</param>
/// <param name="Source">Source samples that are learnt from.</param>
/// <param name="HeldOut">Source samples that are left out, to see how well the source itself is learnt.</param>
/// <param name="Target">Target cells that may be looked at without their classes.</param>
/// <param name="Test">Target cells that are scored.</param>
public sealed record TransferFold(int Number, int[] Source, int[] HeldOut, int[] Target, int[] Test)
{
    /// <summary>The folds of a problem, both classes spread over them evenly in both domains.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="folds">How many, 2 or more.</param>
    /// <param name="seed">The same seed gives the same folds.</param>
    /// <exception cref="ArgumentException">A class has fewer samples or cells than folds, so that a fold would have none to score; or a fold leaves fewer than 5 cells of the target to adapt to.</exception>
    public static TransferFold[] Of(TransferProblem problem, int folds, int seed)
    {
        var (source, target) = (FoldOf(problem, problem.Source, "source", folds, seed), FoldOf(problem, problem.Target, "target", folds, seed));
        TransferFold[] made = [.. Enumerable.Range(0, folds).Select(fold => new TransferFold(fold, Places(source, other => other != fold), Places(source, other => other == fold), Places(target, other => other != fold), Places(target, other => other == fold)))];
        var fewest = made.Min(fold => fold.Target.Length);
        return fewest >= ScadTask.FewestRows ? made : throw new ArgumentException(
            $"The target of '{problem.Name}' has {problem.Target.Count} cells, so that in {folds} folds {fewest} are left to adapt to; expected at least {ScadTask.FewestRows} in each.");
    }

    private static int[] FoldOf(TransferProblem problem, TransferSide side, string what, int folds, int seed)
    {
        foreach (var positive in (ReadOnlySpan<bool>)[true, false])
        {
            var count = side.Labels.Count(label => label == positive);
            if (count < folds)
            {
                throw new ArgumentException(
                    $"The {what} of '{problem.Name}' has {count} of the class '{(positive ? "" : "not ")}{problem.Positive}' for {folds} folds, so that fold {count + 1} would have none; expected at least as many, or fewer folds.");
            }
        }
        return StratifiedFolds.Of(Array.ConvertAll(side.Labels, label => label ? 1 : 0), folds, seed);
    }

    private static int[] Places(int[] foldOf, Func<int, bool> wanted) => [.. Enumerable.Range(0, foldOf.Length).Where(place => wanted(foldOf[place]))];
}
