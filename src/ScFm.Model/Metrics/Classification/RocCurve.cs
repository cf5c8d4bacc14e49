namespace ScFm.Model.Metrics.Classification;

/// <summary>The receiver operating characteristic: which share of a class is found at the price of which share of false alarms.</summary>
/// <remarks>Points halfway on the straight line between their neighbours are left out, as in scikit-learn; those that stay draw the same curve.</remarks>
public sealed class RocCurve
{
    private RocCurve(List<(double Threshold, double FalseAlarms, double Hits)> points, double area)
    {
        Thresholds = [.. points.Select(p => p.Threshold)];
        FalsePositiveRates = [.. points.Select(p => p.FalseAlarms)];
        TruePositiveRates = [.. points.Select(p => p.Hits)];
        Area = area;
    }

    /// <summary>Items that score at least this are taken for the class; descending, infinity first, which no item reaches.</summary>
    public IReadOnlyList<double> Thresholds { get; }

    /// <summary>For each threshold, the share of the other items that reaches it.</summary>
    public IReadOnlyList<double> FalsePositiveRates { get; }

    /// <summary>For each threshold, the share of the class's items that reaches it.</summary>
    public IReadOnlyList<double> TruePositiveRates { get; }

    /// <summary>The area below the curve (AUROC), in [0, 1]: how likely an item of the class scores above another, ties counted half.</summary>
    public double Area { get; }

    /// <summary>The curve of some items.</summary>
    /// <param name="positive">Whether each item belongs to the class.</param>
    /// <param name="scores">What each scores; higher is more likely.</param>
    /// <exception cref="ArgumentException">The lengths differ, a score is NaN, or all items are of one side.</exception>
    public static RocCurve Of(ReadOnlySpan<bool> positive, ReadOnlySpan<double> scores)
    {
        var ranked = new RankedScores(positive, scores);
        (double Threshold, long Hits, long FalseAlarms)[] all = [(double.PositiveInfinity, 0, 0), .. ranked.Steps];
        var (points, twice) = (new List<(double, double, double)>(), 0.0);
        for (var i = 0; i < all.Length; i++)
        {
            if (i > 0)
            {
                twice += (double)(all[i].FalseAlarms - all[i - 1].FalseAlarms) * (all[i].Hits + all[i - 1].Hits);
            }
            if (i <= 1 || i == all.Length - 1 || Bends(all[i - 1], all[i], all[i + 1]))
            {
                points.Add((all[i].Threshold, (double)all[i].FalseAlarms / ranked.Negatives, (double)all[i].Hits / ranked.Positives));
            }
        }
        return new RocCurve(points, twice / 2 / ((double)ranked.Positives * ranked.Negatives));
    }

    /// <summary>The share of the class that is found at the price of a share of false alarms; on a step its upper end, between two points on the line between them.</summary>
    /// <param name="falsePositiveRate">The price, 0 to 1.</param>
    public double At(double falsePositiveRate)
    {
        var at = FalsePositiveRates.Count - 1;
        while (at > 0 && FalsePositiveRates[at] > falsePositiveRate)
        {
            at--;
        }
        if (at == FalsePositiveRates.Count - 1)
        {
            return TruePositiveRates[at];
        }
        var part = (falsePositiveRate - FalsePositiveRates[at]) / (FalsePositiveRates[at + 1] - FalsePositiveRates[at]);
        return TruePositiveRates[at] + part * (TruePositiveRates[at + 1] - TruePositiveRates[at]);
    }

    private static bool Bends((double, long Hits, long FalseAlarms) a, (double, long Hits, long FalseAlarms) b, (double, long Hits, long FalseAlarms) c) =>
        b.Hits - a.Hits != c.Hits - b.Hits || b.FalseAlarms - a.FalseAlarms != c.FalseAlarms - b.FalseAlarms;
}
