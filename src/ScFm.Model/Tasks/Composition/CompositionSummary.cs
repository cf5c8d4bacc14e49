using ScFm.Model.Metrics;

namespace ScFm.Model.Tasks.Composition;

/// <summary>One model, training and evaluation over all seeds, beside the baseline training of the same model.</summary>
/// <param name="Model">The model.</param>
/// <param name="Training">The training.</param>
/// <param name="Evaluation">The evaluation.</param>
/// <param name="Scores">A list of cells for each seed.</param>
/// <param name="Baseline">The same of the baseline training.</param>
public sealed record CompositionSummary(string Model, string Training, string Evaluation, IReadOnlyList<double[]> Scores, IReadOnlyList<double[]> Baseline)
{
    /// <summary>The mean score, with its errors over cells, over seeds and over both.</summary>
    public CrossedMean Score { get; } = CrossedMean.Of(Scores);

    /// <summary>How much better than the baseline training in the same cells and seeds, with its errors.</summary>
    public CrossedMean Difference { get; } = CrossedMean.OfDifference(Scores, Baseline);

    /// <summary>log2 of the ratio to the baseline training's mean score, and its 95% interval over seeds.</summary>
    public MeanInterval Log2Fold { get; } = FoldChange.Log2(Scores, Baseline);

    /// <summary>The published test: paired t over cells x seeds as if they were independent, which they are not. Not corrected for the number of comparisons.</summary>
    public TTest OverCellsAndSeeds { get; } = Paired(Scores, Baseline);

    /// <summary>The honest test: paired t over the seeds' means, since models are what was drawn anew. NaN of one seed. Not corrected for the number of comparisons.</summary>
    public TTest OverSeeds { get; } = TTest.Paired(Means(Scores), Means(Baseline));

    /// <summary>Each seed's mean over its cells.</summary>
    internal static double[] Means(IReadOnlyList<double[]> scores) =>
        [.. scores.Select(seed => seed.Where(score => !double.IsNaN(score)).DefaultIfEmpty(double.NaN).Average())];

    private static TTest Paired(IReadOnlyList<double[]> scores, IReadOnlyList<double[]> baseline)
    {
        var pairs = scores.SelectMany((seed, i) => seed.Zip(baseline[i])).Where(pair => !double.IsNaN(pair.First) && !double.IsNaN(pair.Second)).ToList();
        return TTest.Paired([.. pairs.Select(pair => pair.First)], [.. pairs.Select(pair => pair.Second)]);
    }
}
