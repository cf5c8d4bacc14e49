using System.Text.Json.Nodes;
using ScFm.Interactive.Figures;
using ScFm.Model.Tables;
using ScFm.Model.Tasks.Annotation;

namespace ScFm.Interactive.Display;

/// <summary>Makes the report of a comparison of annotators.</summary>
internal static class AnnotationReport
{
    /// <summary>The report, with the plan that gives the same table again.</summary>
    /// <param name="study">The comparison.</param>
    /// <param name="folder">Where it will lie: paths of its plan are relative to that.</param>
    public static StudyReport Of(AnnotationStudy study, string folder)
    {
        var best = study.Methods.MaxBy(method => study.Of(method).Of(AnnotationMeasures.Accuracy).Mean)!;
        return new StudyReport(study.Plan.Title, study.About, [.. study.Findings()], [.. Figures(study, best)], study.ToTable(), study.Outcomes)
        {
            Note = Note(study),
            Plan = JsonNode.Parse(study.Plan.WithPaths(path => Path.Exists(path) ? Path.GetRelativePath(folder, path) : path).ToJson()),
            Sections = [.. Sections(study)],
        };
    }

    private static IEnumerable<Figure> Figures(AnnotationStudy study, string best)
    {
        if (study.Fractions.Count > 1)
        {
            yield return Plots.LearningCurves(study);
        }
        yield return Plots.AnnotationRuns(study);
        yield return Plots.AnnotationTypes(study);
        yield return Plots.Confusion(study, best);
        if (best != study.Reference)
        {
            yield return Plots.Confusion(study, study.Reference);
        }
        if (study.Plan.Sensitivity.Count > 0)
        {
            yield return Plots.AnnotationSensitivity(study);
        }
    }

    private static IEnumerable<(string, string, Table)> Sections(AnnotationStudy study)
    {
        yield return ("Every type", "Precision, recall and F1 with all labels, mean ± half of the 95% interval over the seeds that test on a cell of the type.", study.OfTypes());
        if (study.Methods.Count > 1)
        {
            yield return ("Every method beside every other", "Difference with all labels ± half of its 95% interval; P of a paired t-test over seeds, corrected for all comparisons of the study; better or worse where that is below 0.05.", study.Pairs());
        }
        if (study.OfUnseen() is { } unseen)
        {
            yield return ("Types that were never learnt", FormattableString.Invariant(
                $"AUROC: how likely a cell of such a type is held for less sure than another, 0.5 by chance. Unassigned: share of the cells whose greatest probability is below {study.Plan.Threshold}."), unseen);
        }
        if (study.OfSensitivity() is { } runs)
        {
            yield return ("Every run of the questions of sensitivity", "Each option with each value and seed.", runs);
        }
    }

    private static string Note(AnnotationStudy study) => FormattableString.Invariant(
        $"Mean ± half of the 95% confidence interval over {study.Plan.Seeds} seeds (Student's t). {(study.Plan.Split.Anew ? "Each seed tests on cells drawn anew, which overlap with those of other seeds: intervals and P have the variance for that, larger by test over training cells (Nadeau and Bengio 2003)." : "All seeds test on the same cells: intervals hold for other draws of the labels and other fits, not for other test cells; with all labels a method without randomness has no spread.")} labels: share of the training labels, the same cells for all methods. P: paired t-test over seeds beside {study.Reference}, corrected for all comparisons of the study, which are every method beside every other by every score at every share of the labels (Benjamini and Hochberg 1995); none where nothing varies. macro-F1: mean F1 of the types that have test cells. pair accuracy: share of the two types' cells that were given their type; pair F1: the mean of their F1; both over the seeds that test on cells of both. seconds: wall time of learning (pretraining included) and of annotating the test cells. parameters: numbers learnt, of a sparse model those that are not zero.");
}
