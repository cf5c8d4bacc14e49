namespace ScFm.Model.Tasks.Composition;

/// <summary>Trains and scores what a plan asks for, result by result.</summary>
/// <param name="plan">The plan.</param>
/// <param name="cells">Its cells.</param>
/// <param name="models">Its models and what they are compared with.</param>
/// <param name="fitted">The trained models.</param>
/// <param name="store">Where results are kept.</param>
/// <param name="progress">Told before every result, and while a model is trained.</param>
internal sealed class CompositionRunner(
    CompositionPlan plan, StudyCells cells, IReadOnlyList<IStudyModel> models, FittedModels fitted, ResultStore store, IProgress<StudyStep>? progress)
{
    private readonly int total = plan.Seeds * plan.Trainings.Count * models.Count * plan.Evaluations.Count;
    private int done;

    /// <summary>Every result, the seeds outermost: a study that is stopped has whole comparisons.</summary>
    internal IReadOnlyList<CompositionOutcome> Run(CancellationToken cancellation)
    {
        var outcomes = new List<CompositionOutcome>();
        for (var seed = 0; seed < plan.Seeds; seed++)
        {
            foreach (var training in plan.Trainings)
            {
                foreach (var model in models)
                {
                    outcomes.AddRange(cells.Evaluations.Select(evaluation => Outcome(model, training.Name, evaluation, seed, cancellation)));
                }
            }
        }
        progress?.Report(new StudyStep(total, total, "done"));
        return outcomes;
    }

    private CompositionOutcome Outcome(IStudyModel model, string training, EvaluationCells evaluation, int seed, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var doing = $"{model.Name} on {training}, seed {seed}";
        progress?.Report(new StudyStep(done, total, $"{doing}: {evaluation.Name}"));
        var settings = $"{fitted.Settings(model, training, seed)}; scored on {evaluation.Identity}";
        var outcome = store.GetOrMake($"{model.Name} {training} {evaluation.Name} {seed}", settings, () =>
        {
            var share = progress is null ? null : new TrainingShare(progress, new StudyStep(done, total, doing));
            return new CompositionOutcome(
                model.Name, training, evaluation.Name, seed, model.Score, model.IsBaseline, cells.Trainings[(training, seed)].Cells.CellCount,
                fitted.Get(model, training, seed, share, cancellation).Score(evaluation, cancellation));
        });
        done++;
        return outcome;
    }

    /// <summary>Tells the share of a training in the study's own words.</summary>
    private sealed class TrainingShare(IProgress<StudyStep> progress, StudyStep step) : IProgress<double>
    {
        public void Report(double value) =>
            progress.Report(step with { Next = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{step.Next}: training {value:P0}") });
    }
}
