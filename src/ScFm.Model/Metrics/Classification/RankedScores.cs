namespace ScFm.Model.Metrics.Classification;

/// <summary>How many items of either class score at least a threshold, for each threshold that tells items apart: what curves are made of.</summary>
internal sealed class RankedScores
{
    private readonly List<(double Threshold, long Hits, long FalseAlarms)> steps = [];

    /// <param name="positive">Whether each item belongs to the class.</param>
    /// <param name="scores">What each scores; higher is more likely.</param>
    /// <exception cref="ArgumentException">The lengths differ, a score is NaN, or all items are of one side.</exception>
    internal RankedScores(ReadOnlySpan<bool> positive, ReadOnlySpan<double> scores)
    {
        if (positive.Length != scores.Length)
        {
            throw new ArgumentException($"There are {positive.Length} labels and {scores.Length} scores; expected as many of each.");
        }
        var (values, labels) = (scores.ToArray(), positive.ToArray());
        if (Array.FindIndex(values, double.IsNaN) is var bad and >= 0)
        {
            throw new ArgumentException($"The score of item {bad} is NaN; expected a number.");
        }
        Array.Sort(values, labels);
        var (hits, alarms) = (0L, 0L);
        for (var i = values.Length - 1; i >= 0; i--)
        {
            (hits, alarms) = labels[i] ? (hits + 1, alarms) : (hits, alarms + 1);
            if (i == 0 || values[i - 1] != values[i])
            {
                steps.Add((values[i], hits, alarms));
            }
        }
        if (hits == 0 || alarms == 0)
        {
            throw new ArgumentException($"{hits} of the {values.Length} items belong to the class; expected some that do and some that do not.");
        }
        (Positives, Negatives) = (hits, alarms);
    }

    /// <summary>Number of items of the class.</summary>
    internal long Positives { get; }

    /// <summary>Number of the others.</summary>
    internal long Negatives { get; }

    /// <summary>Thresholds in descending order, with the items of the class and the others that reach them.</summary>
    internal IReadOnlyList<(double Threshold, long Hits, long FalseAlarms)> Steps => steps;
}
