using ScFm.Model.Metrics;
using ScFm.Model.Metrics.Classification;

namespace ScFm.Model.Tasks.Annotation;

/// <summary>One method at one share of the labels, over all seeds.</summary>
/// <param name="Method">The method.</param>
/// <param name="Fraction">The share of the training labels.</param>
/// <param name="Outcomes">One a seed, by seed.</param>
/// <param name="Overlap">Test cells over training cells where each seed has another split of the same cells, by which intervals are wider; 0 where all have the same.</param>
public sealed record AnnotationSummary(string Method, double Fraction, IReadOnlyList<AnnotationOutcome> Outcomes, double Overlap = 0)
{
    /// <summary>Mean and 95% interval of a measure over the seeds that have it.</summary>
    public MeanInterval Of(Measure<AnnotationOutcome> measure) => Of(measure.Of);

    /// <summary>Mean and 95% interval of anything else over the seeds that have it; a seed without, such as one that tests on no such cell, gives NaN.</summary>
    public MeanInterval Of(Func<AnnotationOutcome, double> value) => MeanInterval.Of(Outcomes.Select(value).Where(number => !double.IsNaN(number)), Overlap);

    /// <summary>Mean and 95% interval of a type's score over the seeds that test on a cell of it.</summary>
    /// <param name="type">The type, as its place in the study's types.</param>
    /// <param name="score">Which score.</param>
    public MeanInterval OfType(int type, Func<ClassScores, double> score) =>
        Of(run => run.Matrix.PerClass[type] is { Support: > 0 } scores ? score(scores) : double.NaN);

    /// <summary>Paired t-test over the seeds that have a score of how much better this method is than another on the same cells.</summary>
    /// <param name="other">The other method at the same share of the labels.</param>
    /// <param name="measure">What is compared.</param>
    public TTest Against(AnnotationSummary other, Measure<AnnotationOutcome> measure)
    {
        (double Own, double Other)[] pairs = [.. Outcomes.Select(measure.Of).Zip(other.Outcomes.Select(measure.Of)).Where(pair => !double.IsNaN(pair.First) && !double.IsNaN(pair.Second))];
        return TTest.Paired(Array.ConvertAll(pairs, pair => pair.Own), Array.ConvertAll(pairs, pair => pair.Other), overlap: Overlap);
    }

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
