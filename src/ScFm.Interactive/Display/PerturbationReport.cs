using System.Globalization;
using ScFm.Interactive.Figures;
using ScFm.Model.Tables;
using ScFm.Model.Tasks.Perturbations;

namespace ScFm.Interactive.Display;

/// <summary>Makes the report of a comparison of methods that predict perturbations.</summary>
internal static class PerturbationReport
{
    private const string Note = "Mean ± half of the 95% confidence interval: over groups and seeds where every seed predicts the same groups, over seeds where each predicts others (wider by what their splits share, Nadeau and Bengio 2003), over groups where seeds change nothing. A group that several splits predict counts once. A target counts as seen where it is in a group to learn from or to validate on: methods that average and add learn from both, GEARS chooses its epoch by the latter. Expression is log1p of counts per 10,000, and a prediction is scored against the mean of the perturbed cells. The top 20 genes are those with the largest Welch's t between perturbed and control cells of the context. Change: from the control cells of the context; a correlation that a prediction lacks, since it does not vary, counts as 0. Direction: share of the top 20 genes that change in the predicted direction. In percentiles 45-55: share whose predicted mean lies between these percentiles of the perturbed cells. Seconds: wall time of a split.";

    /// <summary>The report.</summary>
    /// <param name="study">The comparison.</param>
    /// <param name="plan">Which perturbations were predicted.</param>
    /// <param name="methods">The methods.</param>
    /// <param name="seeds">Repetitions.</param>
    public static StudyReport Of(PerturbationStudy study, PerturbationPlan plan, IReadOnlyList<IPerturbationMethod> methods, int seeds)
    {
        var interactions = GeneticInteractions.Of(study);
        var compared = Compared(study);
        return new StudyReport(
            "Perturbation", [.. About(study, plan, methods, seeds)], [.. study.Findings(), .. interactions.Findings()],
            [.. Figures(study, interactions, compared)], study.ToTable(), study.Outcomes.Select(outcome => outcome with { Groups = [.. outcome.Groups.Select(group => group with { Predicted = [] })] }))
        {
            Note = Note,
            Sections = [.. Sections(study, interactions, compared)],
        };
    }

    /// <summary>The last method that learns, or of baselines alone the last, and the best other baseline over all kinds of questions.</summary>
    private static (string Method, string Baseline)? Compared(PerturbationStudy study)
    {
        var method = study.Learners.LastOrDefault() ?? study.Methods[^1];
        var best = study.Baselines.Where(other => other != method).MinBy(other => study.Kinds.Sum(kind => study.Interval(kind, other, PerturbationMeasures.MseTop).Mean));
        return best is null ? null : (method, best);
    }

    private static IEnumerable<Figure> Figures(PerturbationStudy study, GeneticInteractions interactions, (string Method, string Baseline)? compared)
    {
        yield return Plots.PerturbationChanges(study);
        if (compared is var (method, baseline) && study.GainByPerturbation(method, baseline).RowCount > 1) // of one perturbation the table says all
        {
            yield return Plots.PerturbationGain(study, method, baseline);
        }
        yield return Plots.PerturbedGenes(study);
        if (interactions.Pairs.Count >= 3)
        {
            yield return Plots.InteractionMagnitudes(interactions);
            yield return Plots.InteractionVenn(interactions, [.. (study.Learners.Count > 0 ? study.Learners : [study.Methods[^1]]).TakeLast(2)]);
        }
    }

    private static IEnumerable<(string, string, Table)> Sections(PerturbationStudy study, GeneticInteractions interactions, (string Method, string Baseline)? compared)
    {
        if (compared is var (method, baseline))
        {
            yield return ("Every perturbation", $"{method} beside {baseline}, mean over seeds.", study.GainByPerturbation(method, baseline));
        }
        if (interactions.Pairs.Count >= 3)
        {
            yield return ("Interactions of pairs", $"Of pairs that were not seen, but both of their targets: how predicted magnitudes go with measured ones, and how many of the strongest are found. The change under both is fitted by the measured changes under each, c1 first + c2 second (Theil-Sen, over {interactions.Genes.Count} genes); magnitude is √(c1² + c2²), 1.41 where effects add up. Measured single effects enter on both sides, so that a method that knows no interaction may have a correlation too: compare with the mean of perturbations.", interactions.ToSummary());
            yield return ("Every pair", "The interaction of each pair, measured, and the magnitudes that methods predict.", interactions.ToTable());
        }
        if (study.Screen.Spellings is { } spellings)
        {
            yield return ("How labels were read", "Each label of the cells, what it was taken for, and how many cells have it.", spellings);
        }
    }

    private static IEnumerable<(string, string)> About(PerturbationStudy study, PerturbationPlan plan, IReadOnlyList<IPerturbationMethod> methods, int seeds)
    {
        yield return ("screen", $"{study.Screen}, identity {study.Screen.Identity}");
        foreach (var note in study.Screen.Notes)
        {
            yield return ("note", note);
        }
        yield return ("split", plan.About);
        foreach (var method in methods)
        {
            yield return ("method " + method.Name, method.SettingsFor(study.Screen));
            foreach (var remark in method.Remarks)
            {
                yield return ("note", remark);
            }
        }
        yield return ("seeds", string.Create(CultureInfo.InvariantCulture, $"0 to {seeds - 1}: what is held out or validated on, and everything random of a method"));
    }
}
