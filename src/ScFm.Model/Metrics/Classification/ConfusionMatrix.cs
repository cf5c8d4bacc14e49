namespace ScFm.Model.Metrics.Classification;

/// <summary>How often items of each class were put into each class, and the scores that follow from that.</summary>
/// <remarks>
/// The values and the degenerate cases are scikit-learn's: a class that occurs neither in truth nor in the prediction counts for nothing, one that is only ever
/// predicted has F1 0.
/// </remarks>
/// <example><code>
/// var matrix = new ConfusionMatrix(truth, predicted, classes: 3);
/// Console.WriteLine($"{matrix.Accuracy:P1}, macro F1 {matrix.Macro.F1:0.000}");
/// </code></example>
public sealed class ConfusionMatrix
{
    private readonly long[,] counts;
    private readonly long[] truths;
    private readonly long[] predictions;

    /// <summary>Counts.</summary>
    /// <param name="truth">The class of each item, 0 to <paramref name="classes"/> - 1.</param>
    /// <param name="predicted">The class that each was put into.</param>
    /// <param name="classes">Number of classes.</param>
    /// <exception cref="ArgumentException">The lengths differ, there is no item, or a class is outside its range.</exception>
    public ConfusionMatrix(ReadOnlySpan<int> truth, ReadOnlySpan<int> predicted, int classes) : this(Counted(truth, predicted, classes))
    {
    }

    /// <summary>Takes counts.</summary>
    /// <param name="counts">Of the items of each class, a row, how many were put into each class, a column. Rows may be fewer than columns: of the other classes there is no item.</param>
    /// <exception cref="ArgumentException">There is no item, or a row is not as long as the longest.</exception>
    public ConfusionMatrix(IReadOnlyList<IReadOnlyList<int>> counts) : this(Counted(counts))
    {
    }

    private ConfusionMatrix(long[,] counts)
    {
        this.counts = counts;
        var classes = counts.GetLength(0);
        int[] all = [.. Enumerable.Range(0, classes)];
        truths = Array.ConvertAll(all, truth => all.Sum(predicted => counts[truth, predicted]));
        predictions = Array.ConvertAll(all, predicted => all.Sum(truth => counts[truth, predicted]));
        Total = truths.Sum();
        PerClass = [.. all.Select(c => ClassScores.Of(counts[c, c], truths[c], predictions[c]))];
    }

    private static long[,] Counted(ReadOnlySpan<int> truth, ReadOnlySpan<int> predicted, int classes)
    {
        ClassCodes.Require(truth, classes);
        ClassCodes.Require(predicted, classes);
        if (truth.Length != predicted.Length)
        {
            throw new ArgumentException($"There are {truth.Length} true and {predicted.Length} predicted classes; expected as many of each, one an item.");
        }
        var counts = new long[classes, classes];
        for (var i = 0; i < truth.Length; i++)
        {
            counts[truth[i], predicted[i]]++;
        }
        return counts;
    }

    private static long[,] Counted(IReadOnlyList<IReadOnlyList<int>> rows)
    {
        var classes = rows.Select(row => row.Count).DefaultIfEmpty(0).Max();
        if (rows.Count > classes || rows.Any(row => row.Count != classes) || rows.Sum(row => row.Sum(count => (long)count)) == 0)
        {
            throw new ArgumentException($"There are counts of {rows.Count} classes put into {classes}; expected a row as long as all others a class, no more rows than columns, and an item.");
        }
        var counts = new long[classes, classes];
        for (var truth = 0; truth < rows.Count; truth++)
        {
            for (var predicted = 0; predicted < classes; predicted++)
            {
                counts[truth, predicted] = rows[truth][predicted];
            }
        }
        return counts;
    }

    /// <summary>Number of classes.</summary>
    public int Classes => truths.Length;

    /// <summary>Number of items.</summary>
    public long Total { get; }

    /// <summary>Items of one class that were put into another, or the same.</summary>
    public long this[int truth, int predicted] => counts[truth, predicted];

    /// <summary>The scores of each class.</summary>
    public IReadOnlyList<ClassScores> PerClass { get; }

    /// <summary>Share of the items that were put into their class.</summary>
    public double Accuracy => (double)Hits / Total;

    /// <summary>Mean recall of the classes that have items: what the accuracy would be were all of one size.</summary>
    public double BalancedAccuracy => PerClass.Where(scores => scores.Support > 0).Average(scores => scores.Recall);

    /// <summary>Plain means of the scores over the classes that occur in truth or in the prediction.</summary>
    public ClassScores Macro => Mean(c => truths[c] + predictions[c] > 0 ? 1 : 0);

    /// <summary>Mean F1 of the classes that have items; one that is only ever predicted is no class to recognise, and costs the others their recall.</summary>
    public double MacroF1OfTrueClasses => PerClass.Where(scores => scores.Support > 0).Average(scores => scores.F1);

    /// <summary>Means of the scores, each class weighted by its items.</summary>
    public ClassScores Weighted => Mean(c => truths[c]);

    /// <summary>The scores of all classes' counts together; with one class an item, all three are the accuracy.</summary>
    public ClassScores Micro => ClassScores.Of(Hits, Total, Total);

    /// <summary>Cohen's kappa (1960): (accuracy - chance) / (1 - chance), with the chance that classes drawn by both frequencies agree; NaN where there is one class alone.</summary>
    public double CohenKappa
    {
        get
        {
            var chance = truths.Zip(predictions, (truth, predicted) => (double)truth * predicted).Sum() / ((double)Total * Total);
            return (Accuracy - chance) / (1 - chance);
        }
    }

    private long Hits => Enumerable.Range(0, Classes).Sum(c => counts[c, c]);

    private ClassScores Mean(Func<int, long> weightOf)
    {
        var (precision, recall, f1, total) = (0.0, 0.0, 0.0, 0.0);
        for (var c = 0; c < Classes; c++)
        {
            var (scores, weight) = (PerClass[c], (double)weightOf(c));
            precision += weight * scores.Precision;
            recall += weight * scores.Recall;
            f1 += weight * scores.F1;
            total += weight;
        }
        return new ClassScores(precision / total, recall / total, f1 / total, Total);
    }
}
