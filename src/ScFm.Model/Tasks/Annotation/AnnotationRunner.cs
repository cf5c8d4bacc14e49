using System.Diagnostics;
using System.Globalization;
using ScFm.Model.Training;

namespace ScFm.Model.Tasks.Annotation;

/// <summary>Fits and tests what a plan asks for, run by run.</summary>
/// <param name="plan">The plan.</param>
/// <param name="cells">Its cells.</param>
/// <param name="store">Where results are kept.</param>
/// <param name="progress">Told before every result, and while a model is trained.</param>
internal sealed class AnnotationRunner(AnnotationPlan plan, AnnotationCells cells, ResultStore store, IProgress<StudyStep>? progress)
{
    private readonly IReadOnlyList<AnnotationRun> runs = AnnotationRun.All(plan);

    /// <summary>Every result, in the order of the runs.</summary>
    /// <exception cref="OperationCanceledException">It was stopped; results so far are kept.</exception>
    internal IReadOnlyList<AnnotationOutcome> Run(CancellationToken cancellation)
    {
        var outcomes = new List<AnnotationOutcome>(runs.Count);
        foreach (var run in runs)
        {
            cancellation.ThrowIfCancellationRequested();
            var step = new StudyStep(outcomes.Count, runs.Count, run.ToString());
            progress?.Report(step);
            outcomes.Add(store.GetOrMake(run.ToString(), Settings(run), () => Outcome(run, step, cancellation)));
        }
        progress?.Report(new StudyStep(runs.Count, runs.Count, "done"));
        return outcomes;
    }

    private string Settings(AnnotationRun run) => string.Create(CultureInfo.InvariantCulture,
        $"{run.Method.Annotator.Name}: {run.Method.Annotator.Settings}; split {cells.Split(run.Seed).Identity}; {run.Fraction:R} of the labels; threshold {plan.Threshold:R}; seed {run.Seed}");

    private AnnotationOutcome Outcome(AnnotationRun run, StudyStep step, CancellationToken cancellation)
    {
        var split = cells.Split(run.Seed);
        var labelled = split.Labelled(run.Fraction, run.Seed);
        var share = progress is null ? null : new FittingShare(progress, step);
        var clock = Stopwatch.StartNew();
        using var classifier = run.Method.Annotator.Fit(labelled, split.Unlabelled, run.Seed, share, cancellation);
        var fitting = clock.Elapsed.TotalSeconds;
        cancellation.ThrowIfCancellationRequested(); // a training that is stopped early gives what it has
        clock.Restart();
        var tested = TestedCells.Of(classifier, split.Test, cancellation);
        var testing = clock.Elapsed.TotalSeconds;
        var without = tested.Places.Count(place => place < 0);
        return new AnnotationOutcome(
            run.Method.Name, run.Fraction, run.Seed, run.Option, run.Value, labelled.Labels.Length, tested.Confusion(classifier, cells.Types, split.TestLabels),
            NoveltyScore.Of(tested.Probabilities, Array.ConvertAll(split.TestLabels, label => !split.Places.Contains(label)), plan.Threshold),
            fitting + classifier.Fit.EarlierSeconds, testing, classifier.Fit.Parameters, classifier.Fit.Flops,
            [.. classifier.Fit.Notes, .. without > 0 ? [$"{without} test cells have no count of a gene that it knows: they get no type, which counts as wrong."] : Array.Empty<string>()]);
    }

    /// <summary>Tells steps of a training in the study's own words.</summary>
    private sealed class FittingShare(IProgress<StudyStep> progress, StudyStep step) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) =>
            progress.Report(step with { Next = string.Create(CultureInfo.InvariantCulture, $"{step.Next}: training {(double)value.Step / value.TotalSteps:P0}") });
    }
}
