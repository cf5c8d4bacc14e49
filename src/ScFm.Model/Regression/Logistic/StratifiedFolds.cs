namespace ScFm.Model.Regression.Logistic;

/// <summary>Samples dealt out to folds so that each class is spread over all of them as evenly as it can be.</summary>
public static class StratifiedFolds
{
    /// <summary>The fold of each sample.</summary>
    /// <remarks>Classes are dealt one after another, each from the fold after the one where the last ended: so folds are of one size, too. A class with fewer samples than folds is missing from some.</remarks>
    /// <param name="labels">The class of each sample.</param>
    /// <param name="folds">Number of folds, at least 2 and at most the number of samples.</param>
    /// <param name="seed">The same seed gives the same folds.</param>
    /// <returns>One number a sample, 0 to <paramref name="folds"/> - 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than 2 folds, or more than samples.</exception>
    public static int[] Of(ReadOnlySpan<int> labels, int folds, int seed)
    {
        if (folds < 2 || folds > labels.Length)
        {
            throw new ArgumentOutOfRangeException(nameof(folds), $"{folds} folds are wanted of {labels.Length} samples; expected at least 2, and no more than there are samples.");
        }
        var classes = labels.ToArray();
        int[] order = [.. Enumerable.Range(0, classes.Length)];
        new Random(seed).Shuffle(order);
        var (foldOf, next) = (new int[classes.Length], 0);
        foreach (var sample in order.OrderBy(sample => classes[sample])) // stable: shuffled within a class
        {
            foldOf[sample] = next++ % folds;
        }
        return foldOf;
    }
}
