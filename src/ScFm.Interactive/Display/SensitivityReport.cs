using System.Globalization;
using ScFm.Interactive.Figures;
using ScFm.Model.Models.Scad;
using ScFm.Model.Tasks.Sensitivity;

namespace ScFm.Interactive.Display;

/// <summary>Makes the report of a comparison of methods that tell the response of single cells.</summary>
internal static class SensitivityReport
{
    private const string Note = "Mean ± half of the 95% confidence interval over folds and seeds (Student's t, widened since folds share most of their samples). AUROC is 0.5 and AUPR the share of the class for what knows nothing. AUPR is average precision, without interpolation, as published. Left-out source samples show how much of what is learnt in the source is lost on the way to the target.";

    /// <summary>The report; SCAD is compared with the best of what adapts to nothing.</summary>
    /// <param name="study">The comparison.</param>
    /// <param name="problems">What was asked, all with the same tables.</param>
    /// <param name="options">How SCAD was trained.</param>
    /// <param name="folds">Parts of each domain.</param>
    /// <param name="seeds">Repetitions.</param>
    public static StudyReport Of(SensitivityStudy study, IReadOnlyList<TransferProblem> problems, ScadOptions options, int folds, int seeds) => new(
        "Sensitivity of single cells", About(problems, options, folds, seeds), [.. study.Findings()], [Plots.Roc(study), Plots.SensitivityScores(study)], study.ToTable(), study.Outcomes)
    {
        Note = Note,
    };

    private static IReadOnlyList<(string Name, string Value)> About(IReadOnlyList<TransferProblem> problems, ScadOptions options, int folds, int seeds) =>
    [
        .. problems.Select((problem, i) => ($"transfer {i + 1}", problem.ToString())),
        ("split", $"{folds} folds of each domain, both classes spread evenly; methods learn from the other folds of the source, SCAD sees the cells of the other folds of the target without their class, and the left-out cells are scored"),
        ("SCAD", string.Create(CultureInfo.InvariantCulture, $"{options.Config.Hidden} and {options.Config.Latent} wide, {options.Epochs} passes over the target, batches of {options.BatchSize}, Adagrad at {options.LearningRate}, dropout {options.Config.Dropout}, domains weigh {options.DomainWeight}; the same for every transfer, and nothing is chosen by a class of the target. The published runs chose all of these for each drug by the score on the cells that are reported.")),
        ("seeds", $"0 to {seeds - 1}: folds, weights, batches and dropout"),
    ];
}
