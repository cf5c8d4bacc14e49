using ScFm.Model.Metrics;

namespace ScFm.Model.Tasks.Annotation;

/// <summary>One method at one share of the labels, over all seeds.</summary>
/// <param name="Method">The method.</param>
/// <param name="Fraction">The share of the training labels.</param>
/// <param name="Outcomes">One a seed, by seed.</param>
public sealed record AnnotationSummary(string Method, double Fraction, IReadOnlyList<AnnotationOutcome> Outcomes)
{
    /// <summary>Mean and 95% interval of a score over seeds.</summary>
    public MeanInterval Of(AnnotationScore score) => Of(score.Of);

    /// <summary>Mean and 95% interval of anything else over seeds.</summary>
    public MeanInterval Of(Func<AnnotationOutcome, double> value) => MeanInterval.Of(Outcomes.Select(value));

    /// <summary>Paired t-test over seeds of how much better this method is than another on the same cells.</summary>
    /// <param name="other">The other method at the same share of the labels.</param>
    /// <param name="score">What is compared.</param>
    public TTest Against(AnnotationSummary other, AnnotationScore score) =>
        TTest.Paired([.. Outcomes.Select(score.Of)], [.. other.Outcomes.Select(score.Of)]);

    /// <summary>Test cells of each type that were taken for each type, the mean over seeds, [true types, types taken for].</summary>
    public double[,] MeanConfusion
    {
        get
        {
            var types = Outcomes[0].Confusion.Length;
            var mean = new double[types, types];
            foreach (var (truth, predicted) in from truth in Enumerable.Range(0, types) from predicted in Enumerable.Range(0, types) select (truth, predicted))
            {
                mean[truth, predicted] = Outcomes.Average(outcome => outcome.Confusion[truth][predicted]);
            }
            return mean;
        }
    }
}
