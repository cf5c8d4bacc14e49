namespace ScFm.Model.Metrics;

/// <summary>How many times larger one model's mean score is than another's, in doublings.</summary>
public static class FoldChange
{
    /// <summary>log2 of the ratio of mean scores, seed by seed, with the spread over seeds.</summary>
    /// <param name="scores">One list a seed, each with one score a cell.</param>
    /// <param name="baseline">The same of the baseline, in the same order of seeds.</param>
    /// <returns>The mean over seeds and its 95% interval; NaN where a mean is not above zero.</returns>
    /// <exception cref="ArgumentException">The numbers of seeds differ.</exception>
    public static MeanInterval Log2(IReadOnlyList<double[]> scores, IReadOnlyList<double[]> baseline)
    {
        if (scores.Count != baseline.Count)
        {
            throw new ArgumentException($"There are {scores.Count} seeds of scores and {baseline.Count} of the baseline; expected as many.");
        }
        return MeanInterval.Of(scores.Select((seed, i) => Log2(Mean(seed), Mean(baseline[i]))));
    }

    /// <summary>log2(score / baseline); NaN where one of them is not above zero.</summary>
    public static double Log2(double score, double baseline) => score > 0 && baseline > 0 ? Math.Log2(score / baseline) : double.NaN;

    // Cells without a score, such as those without counts, are left out.
    private static double Mean(double[] scores) => scores.Where(score => !double.IsNaN(score)).DefaultIfEmpty(double.NaN).Average();
}
