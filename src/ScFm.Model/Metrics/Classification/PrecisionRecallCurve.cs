namespace ScFm.Model.Metrics.Classification;

/// <summary>How pure a class is found at which completeness, over all thresholds.</summary>
public sealed class PrecisionRecallCurve
{
    private PrecisionRecallCurve(double[] thresholds, double[] precisions, double[] recalls, double average) =>
        (Thresholds, Precisions, Recalls, AveragePrecision) = (thresholds, precisions, recalls, average);

    /// <summary>Items that score at least this are taken for the class; ascending.</summary>
    public IReadOnlyList<double> Thresholds { get; }

    /// <summary>For each threshold, the share of the class among the items that reach it; one value more at the end, 1, where no item does.</summary>
    public IReadOnlyList<double> Precisions { get; }

    /// <summary>For each threshold, the share of the class's items that reaches it; one value more at the end, 0.</summary>
    public IReadOnlyList<double> Recalls { get; }

    /// <summary>Average precision (AP), in [0, 1]: the precision at each threshold times the recall that it adds, without interpolation.</summary>
    public double AveragePrecision { get; }

    /// <summary>The curve of some items.</summary>
    /// <param name="positive">Whether each item belongs to the class.</param>
    /// <param name="scores">What each scores; higher is more likely.</param>
    /// <exception cref="ArgumentException">The lengths differ, a score is NaN, or all items are of one side.</exception>
    public static PrecisionRecallCurve Of(ReadOnlySpan<bool> positive, ReadOnlySpan<double> scores)
    {
        var ranked = new RankedScores(positive, scores);
        var steps = ranked.Steps.Reverse().ToArray();
        double[] precisions = [.. steps.Select(s => (double)s.Hits / (s.Hits + s.FalseAlarms)), 1];
        double[] recalls = [.. steps.Select(s => (double)s.Hits / ranked.Positives), 0];
        var average = 0.0;
        for (var i = 0; i < steps.Length; i++)
        {
            average += (recalls[i] - recalls[i + 1]) * precisions[i];
        }
        return new PrecisionRecallCurve([.. steps.Select(s => s.Threshold)], precisions, recalls, average);
    }
}
