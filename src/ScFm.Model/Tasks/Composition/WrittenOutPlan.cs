namespace ScFm.Model.Tasks.Composition;

/// <summary>A plan in which each training that leaves one out, and each evaluation of what is left out, stands for itself.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="TrainingFields">The field of the plan as it was asked, of each training, for messages.</param>
/// <param name="EvaluationFields">The same of each evaluation.</param>
internal sealed record WrittenOutPlan(CompositionPlan Plan, IReadOnlyList<string> TrainingFields, IReadOnlyList<string> EvaluationFields)
{
    private const int LeastLabels = 2;

    /// <summary>Writes a plan out.</summary>
    /// <param name="plan">The plan as it was asked.</param>
    /// <param name="sets">Its sets.</param>
    /// <exception cref="ArgumentException">Two trainings or evaluations have one name, or the baseline is none of them.</exception>
    /// <exception cref="InvalidDataException">A set lacks the column, or too few labels are left out; the message names the plan's field.</exception>
    internal static WrittenOutPlan Of(CompositionPlan plan, IReadOnlyDictionary<string, StudySet> sets)
    {
        var trainings = plan.Trainings.SelectMany((training, i) => Of(training, $"trainings[{i}]", sets)).ToList();
        var evaluations = plan.Evaluations.SelectMany((evaluation, i) => Of(evaluation, $"evaluations[{i}]", sets, trainings.Select(training => training.Training.HoldOut))).ToList();
        var whole = plan with { Trainings = [.. trainings.Select(one => one.Training)], Evaluations = [.. evaluations.Select(one => one.Evaluation)] };
        return new WrittenOutPlan(PlanCheck.Require(whole), [.. trainings.Select(one => one.Field)], [.. evaluations.Select(one => one.Field)]);
    }

    private static IEnumerable<(PlannedTraining Training, string Field)> Of(PlannedTraining training, string field, IReadOnlyDictionary<string, StudySet> sets)
    {
        if (training.LeaveOneOut is not { } column)
        {
            return [(training, field)];
        }
        var labels = training.Mix.SelectMany(part => sets[part.Set].LabelsOf(column, field + ".leaveOneOut")).Distinct().Order(StringComparer.Ordinal).ToList();
        return labels.Count >= LeastLabels
            ? labels.Select(label => (training with { Name = Named(training.Name, label), LeaveOneOut = null, HoldOut = new CellChoice(column, [label]) }, field))
            : throw new InvalidDataException(
                $"{field}.leaveOneOut names the column '{column}', of which the mix has {(labels is [var only] ? $"the label '{only}' alone" : "no label")}; expected at least {LeastLabels}, to leave out each in turn.");
    }

    private static IEnumerable<(PlannedEvaluation Evaluation, string Field)> Of(
        PlannedEvaluation evaluation, string field, IReadOnlyDictionary<string, StudySet> sets, IEnumerable<CellChoice?> heldOut)
    {
        if (evaluation.LeftOut is not { } column)
        {
            return [(evaluation, field)];
        }
        var known = sets[evaluation.Set].LabelsOf(column, field + ".leftOut");
        var labels = heldOut.OfType<CellChoice>().Where(choice => choice.Column == column).SelectMany(choice => choice.Labels).Where(known.Contains).Distinct().ToList();
        return labels.Count > 0
            ? labels.Select(label => (evaluation with { Name = Named(evaluation.Name, label), LeftOut = null, Only = new CellChoice(column, [label]) }, field))
            : throw new InvalidDataException($"{field}.leftOut names the column '{column}', but no training leaves out a label that '{evaluation.Set}' has of it; expected one.");
    }

    private static string Named(string name, string label) => $"{name} - {label}";
}
