namespace ScFm.Model.Tasks.Composition;

/// <summary>The cells that a training takes with a seed.</summary>
internal static class TrainingDraw
{
    /// <summary>Draws without replacement, part after part; what is set aside or left out is never drawn.</summary>
    /// <param name="training">What is asked for.</param>
    /// <param name="field">The plan's field, for messages.</param>
    /// <param name="seed">The seed; trainings of one seed draw the same cells of a set first.</param>
    /// <param name="sets">The sets.</param>
    /// <param name="aside">What is scored.</param>
    /// <exception cref="InvalidDataException">There are not enough cells, or a column or label is not there; the message names the plan's field.</exception>
    internal static CellKey[] Of(PlannedTraining training, string field, int seed, IReadOnlyDictionary<string, StudySet> sets, SetAside aside)
    {
        RequireLabels(training, field, sets);
        var drawn = new HashSet<CellKey>();
        for (var j = 0; j < training.Mix.Count; j++)
        {
            var (part, set) = (training.Mix[j], sets[training.Mix[j].Set]);
            CellKey[] free =
            [
                .. set.InOrder(seed).Where(cell => aside.IsFree(cell) && !drawn.Contains(cell)
                    && training.LeftOut.All(left => set.Label(cell, left.Choice.Column) is { } label && !left.Choice.Has(label))),
            ];
            if (free.Length < (part.Cells ?? 1))
            {
                throw new InvalidDataException(
                    $"{field}.mix[{j}] asks for {(part.Cells is { } cells ? $"{cells} cells" : "all cells")} of '{part.Set}', but {free.Length} of its {set.Cells.Length} are left for '{training.Name}' when evaluations, what is held out and earlier parts are taken away; expected {(part.Cells is null ? "at least one" : "at most that many")}.");
            }
            drawn.UnionWith(free.Take(part.Cells ?? free.Length));
        }
        return [.. drawn];
    }

    private static void RequireLabels(PlannedTraining training, string field, IReadOnlyDictionary<string, StudySet> sets)
    {
        foreach (var (name, choice) in training.LeftOut)
        {
            var known = training.Mix.SelectMany(part => sets[part.Set].LabelsOf(choice.Column, $"{field}.{name}")).ToHashSet();
            StudySet.RequireLabels(choice, $"{field}.{name}", known);
        }
    }
}
