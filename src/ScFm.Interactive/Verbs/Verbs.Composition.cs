using ScFm.Interactive.Display;
using ScFm.Interactive.Figures;
using ScFm.Interactive.Hosting;
using ScFm.Model.Tasks.Composition;

namespace ScFm.Interactive.Verbs;

public static partial class Verbs
{
    /// <summary>Runs a study of what training data do to models: every model on every mix with every seed, scored on cells that no training saw.</summary>
    /// <param name="plan">The plan, a JSON file; see <see cref="CompositionPlan"/>.</param>
    /// <param name="folder">Where results, models and the report are written; what is there already is not computed again. Default: composition.</param>
    [Verb("composition", "Studies what training data do to models: mixes by evaluations by seeds, from a plan.", Into = "study", OnDevice = true)]
    public static CompositionStudy Composition(
        [Option("file of the plan: sets, trainings, evaluations, models and seeds, as JSON")] string plan,
        [Option("folder for results, models and report; what is there already is not computed again")] string folder = "composition") =>
        Composition(CompositionPlan.Read(plan), folder);

    /// <summary>The same for a plan made in C#.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="folder">Where results, models and the report are written. Default: composition.</param>
    public static CompositionStudy Composition(CompositionPlan plan, string folder = "composition")
    {
        var host = NotebookHost.Current;
        using var progress = new StudyProgress("Training and scoring", host);
        var study = CompositionStudy.Run(plan, folder, progress: progress, cancellation: host.Cancellation);
        var report = new StudyReport(
            plan.Title, study.About, [.. study.Findings()],
            [.. study.Models.SelectMany(model => new[] { Plots.Composition(study, model), Plots.CompositionScores(study, model) })],
            study.ToTable(), study.Outcomes)
        {
            Note = CompositionNote(study),
            Sections = [.. study.Analyses.Select(analysis => (analysis.Title, analysis.Explanation, analysis.Table))],
        };
        Present(report, folder, "composition");
        return study;
    }

    private static string CompositionNote(CompositionStudy study) => FormattableString.Invariant(
        $"score: mean over cells and seeds. SE: its standard error over cells (same models, other cells) and over seeds (same cells, models trained anew on cells drawn anew); the seeds are the honest unit. log2 fold: log2 of the ratio to {study.Baseline}, ± half of the 95% interval over seeds. P cells x seeds: the published paired t-test. P seeds: paired t over the seeds' means. Both are Bonferroni-corrected for {study.Comparisons} comparisons; in the figure a star marks the first below {CompositionStudy.Significant}, two stars both. The last columns are what any model must beat: the mean of the training cells, the mean of the evaluation's own other cells, and principal components of the training cells.");
}
