namespace ScFm.Model.Tasks.Composition;

/// <summary>The cells of every evaluation, set aside before any training is drawn: what makes it impossible to train on a cell that is scored.</summary>
internal sealed class SetAside
{
    private const int LeastCells = 3; // below, no gene's variance means anything

    private readonly HashSet<CellKey> all = [];
    private readonly Dictionary<string, CellKey[]> ofEvaluation = [];

    /// <summary>Chooses the cells of each evaluation.</summary>
    /// <param name="written">The plan.</param>
    /// <param name="sets">Its sets.</param>
    /// <exception cref="InvalidDataException">An evaluation has too few cells, or names a column or label that is not there; the message names the plan's field.</exception>
    internal SetAside(WrittenOutPlan written, IReadOnlyDictionary<string, StudySet> sets)
    {
        var plan = written.Plan;
        for (var i = 0; i < plan.Evaluations.Count; i++)
        {
            var (evaluation, field) = (plan.Evaluations[i], written.EvaluationFields[i]);
            var set = sets[evaluation.Set];
            if (evaluation.Only is { } only)
            {
                set.Require(only, field + ".only");
            }
            CellKey[] candidates = [.. set.InOrder(plan.EvaluationSeed).Where(cell => evaluation.Only is null || set.Is(cell, evaluation.Only))];
            var count = Math.Min(evaluation.MostCells, (int)Math.Round(candidates.Length * evaluation.Share));
            if (count < LeastCells)
            {
                throw new InvalidDataException(
                    $"{field} sets aside {count} of {candidates.Length} cells of '{evaluation}'; expected at least {LeastCells}: raise its share.");
            }
            all.UnionWith(ofEvaluation[evaluation.Name] = candidates[..count]);
        }
    }

    /// <summary>The cells of an evaluation.</summary>
    internal IReadOnlyList<CellKey> Of(PlannedEvaluation evaluation) => ofEvaluation[evaluation.Name];

    /// <summary>True for a cell that may be trained on.</summary>
    internal bool IsFree(CellKey cell) => !all.Contains(cell);
}
