using System.Globalization;
using ScFm.Interactive.Figures;
using ScFm.Model.Models.DeepCdr;
using ScFm.Model.Tasks.DrugResponse;

namespace ScFm.Interactive.Display;

/// <summary>Makes the report of a comparison of methods that predict drug responses.</summary>
internal static class DrugResponseReport
{
    private const string Note = "Mean ± half of the 95% confidence interval over seeds (Student's t), wider where each seed scores other pairs by what their splits share (Nadeau and Bengio 2003). Within drugs and within types: the mean of the groups' own scores, of groups with 5 pairs or more; a correlation that a group lacks, since one value is predicted for all of it, counts as 0. A drug's mean tells nothing of its cell lines apart, and effects order the cell lines alike for all drugs: only what is above both has learnt how drug and cell line act together. Screens: a drug that was screened more than once counts as several, since conditions differed; no structure tells which of them a pair is from.";

    /// <summary>The report; what learns is compared with the best baseline, DeepCDR in figures with the effects.</summary>
    /// <param name="study">The comparison.</param>
    /// <param name="input">What was predicted.</param>
    /// <param name="split">Which pairs were scored, in words.</param>
    /// <param name="options">How DeepCDR was trained.</param>
    /// <param name="deepCdr">What the study calls it.</param>
    /// <param name="effects">What the study calls the effects of drugs and cell lines.</param>
    /// <param name="seeds">Repetitions.</param>
    public static StudyReport Of(DrugResponseStudy study, ResponseInput input, string split, DeepCdrOptions options, string deepCdr, string effects, int seeds) => new(
        "Drug response", About(input, split, options, seeds), [.. study.Findings(), .. study.BestBaseline == effects ? [] : study.Findings(deepCdr, effects)],
        [Plots.Responses(study), .. Gain(study, deepCdr, effects)], study.ToTable(), study.Outcomes)
    {
        Note = Note,
        Sections = [("Gain by drug", $"Pearson within each drug, {deepCdr} and {effects}, mean over seeds.", study.GainByDrug(deepCdr, effects))],
    };

    /// <summary>How drugs rank by gain; of one drug the table says all.</summary>
    private static IEnumerable<Figure> Gain(DrugResponseStudy study, string method, string baseline) =>
        study.GainByDrug(method, baseline).RowCount > 1 ? [Plots.ResponseGain(study, method, baseline)] : [];

    private static IReadOnlyList<(string Name, string Value)> About(ResponseInput input, string split, DeepCdrOptions options, int seeds) =>
    [
        ("pairs", string.Create(CultureInfo.InvariantCulture, $"{input.Problem.Responses.Count:N0} of {input.Problem.Responses.Drugs.Count:N0} drugs and {input.Problem.Responses.Cells.Count:N0} cell lines")),
        ("tables", string.Join(", ", input.Problem.Tables.Select(table => string.Create(CultureInfo.InvariantCulture, $"{table.Name} ({table.Values.Columns:N0})")))),
        ("split", split),
        ("early stopping", "The epoch is chosen on a twentieth of the pairs that are not scored. The published runs choose it on the scored pairs themselves, so that their score is the best of all epochs on the pairs it is told of, and an estimate on new pairs would be lower."),
        ("DeepCDR", string.Create(CultureInfo.InvariantCulture, $"at most {options.Epochs} epochs, batches of {options.BatchSize}, learning rate {options.LearningRate}, patience {options.Patience}")),
        ("seeds", $"0 to {seeds - 1}: the pairs to validate on, weights, batches and dropout, and the scored pairs where the split says so; effects depend on the scored pairs alone, ridge also on those it chooses its penalty by"),
    ];
}
