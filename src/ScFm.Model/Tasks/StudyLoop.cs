namespace ScFm.Model.Tasks;

/// <summary>Makes the results of a study one after another.</summary>
internal static class StudyLoop
{
    /// <summary>Every result, kept or new, in order.</summary>
    /// <param name="runs">What is to be known; each is looked at when its turn comes.</param>
    /// <param name="total">How many there are.</param>
    /// <param name="store">Where results are kept; null keeps nothing.</param>
    /// <param name="progress">Told before every result.</param>
    /// <param name="cancellation">Stops between two results; those so far are kept in the store.</param>
    /// <exception cref="OperationCanceledException">The study was stopped.</exception>
    public static List<TOutcome> Run<TOutcome>(IEnumerable<StudyRun<TOutcome>> runs, int total, ResultStore? store, IProgress<StudyStep>? progress, CancellationToken cancellation)
        where TOutcome : class
    {
        store ??= new ResultStore(null);
        var outcomes = new List<TOutcome>(total);
        foreach (var run in runs)
        {
            cancellation.ThrowIfCancellationRequested();
            progress?.Report(new StudyStep(outcomes.Count, total, run.Name));
            outcomes.Add(store.GetOrMake($"{run.Study} {run.Name}", run.Settings, run.Make));
        }
        progress?.Report(new StudyStep(total, total, "done"));
        return outcomes;
    }
}
