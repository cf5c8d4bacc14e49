using ScFm.Model.Cells;
using ScFm.Model.Tables;

namespace ScFm.Model.Screens;

/// <summary>What the columns of a screen say of each cell.</summary>
/// <param name="Labels">The label of each cell; null where it is missing.</param>
/// <param name="Conditions">What it says; null where it is missing.</param>
/// <param name="Contexts">The context of each cell; null where it is missing.</param>
internal sealed record ScreenLabels(string?[] Labels, Condition?[] Conditions, string?[] Contexts)
{
    private const string OnlyContext = "all cells";

    /// <summary>Reads the columns.</summary>
    /// <exception cref="InvalidDataException">A column is missing.</exception>
    internal static ScreenLabels Of(ICellSource cells, ScreenOptions options)
    {
        var labels = ColumnLabels.Of(RequiredColumn.Of(cells.Obs, options.Column, "The column of perturbations is"));
        string[] distinct = [.. labels.OfType<string>().Distinct()];
        var names = new ConditionNames(cells.VarNames, distinct, options.Controls);
        var conditions = distinct.ToDictionary(label => label, names.Of, StringComparer.Ordinal);
        return new ScreenLabels(
            labels, Array.ConvertAll(labels, label => label is null ? null : conditions[label]),
            options.Context is null ? [.. labels.Select(_ => OnlyContext)] : ColumnLabels.Of(RequiredColumn.Of(cells.Obs, options.Context, "The column of contexts is")));
    }

    /// <summary>How each label was read.</summary>
    internal Table Spellings()
    {
        var spellings = Enumerable.Range(0, Labels.Length).Where(cell => Labels[cell] is not null).GroupBy(cell => Labels[cell]!).Select(group => (Spelling: group.Key, Condition: Conditions[group.First()]!, Cells: group.LongCount()))
            .OrderBy(one => one.Condition.Targets.Count).ThenBy(one => one.Condition.ToString(), StringComparer.Ordinal).ThenBy(one => one.Spelling, StringComparer.Ordinal).ToArray();
        return new Table(
            new TextColumn("spelling", [.. spellings.Select(one => one.Spelling)]),
            new TextColumn("condition", [.. spellings.Select(one => one.Condition.ToString())]),
            new IntegerColumn("cells", [.. spellings.Select(one => one.Cells)]));
    }

    /// <summary>The cells that a screen is made of, and why others are left out.</summary>
    /// <exception cref="InvalidDataException">There are no control cells or no perturbed ones, or a target is not measured.</exception>
    internal (int[] Cells, IReadOnlyList<string> Notes) Kept(string[] genes, ScreenOptions options)
    {
        var notes = new List<string>();
        int[] kept = [.. Enumerable.Range(0, Labels.Length)];
        void Leave(Func<int, bool> isLeft, Func<int[], string> note)
        {
            int[] left = [.. kept.Where(isLeft)];
            if (left.Length > 0)
            {
                notes.Add(FormattableString.Invariant($"{left.Length:N0} cells are left out: {note(left)}."));
                kept = [.. kept.Except(left)];
            }
        }

        Leave(cell => Conditions[cell] is null, _ => $"the column '{options.Column}' says nothing of them");
        Leave(cell => Contexts[cell] is null, _ => $"the column '{options.Context}' says nothing of them");
        RequireBoth(kept, options);
        var unmeasured = Unmeasured(kept, genes, options, notes);
        Leave(cell => Conditions[cell]!.Targets.Any(unmeasured.Contains), _ => "their targets are no genes of the screen");
        var sizes = kept.CountBy(cell => (Conditions[cell], Contexts[cell])).ToDictionary();
        Leave(cell => sizes[(Conditions[cell], Contexts[cell])] < options.FewestCells, left =>
            $"of {SomeNames.Of([.. left.Select(cell => options.Context is null ? $"{Conditions[cell]}" : $"{Conditions[cell]} in {Contexts[cell]}").Distinct()])} there are fewer than {options.FewestCells} each");
        var controlled = kept.Where(cell => Conditions[cell]!.IsControl).Select(cell => Contexts[cell]).ToHashSet();
        Leave(cell => !controlled.Contains(Contexts[cell]), left => $"{SomeNames.Of([.. left.Select(cell => Contexts[cell]!).Distinct()])} have no control cells to compare with");
        RequireBoth(kept, options);
        return (kept, notes);
    }

    private void RequireBoth(int[] kept, ScreenOptions options)
    {
        var found = SomeNames.Of([.. kept.Select(cell => Labels[cell]!).Distinct()]);
        if (!kept.Any(cell => Conditions[cell]!.IsControl))
        {
            throw new InvalidDataException($"The column '{options.Column}' names no control cells: it has {(found.Length == 0 ? "no labels" : found)}; expected some that are called {ConditionNames.Examples}, or the option controls to name them.");
        }
        if (!options.AllowsControlAlone && kept.All(cell => Conditions[cell]!.IsControl))
        {
            throw new InvalidDataException($"The column '{options.Column}' names control cells only: {found}; expected perturbed cells, too, {options.FewestCells} or more of a condition.");
        }
    }

    /// <summary>The targets to leave out since they are no genes of the screen.</summary>
    private HashSet<string> Unmeasured(int[] kept, string[] genes, ScreenOptions options, List<string> notes)
    {
        var measured = genes.ToHashSet(StringComparer.Ordinal);
        string[] unknown = [.. kept.SelectMany(cell => Conditions[cell]!.Targets).Distinct().Where(target => !measured.Contains(target)).Order(StringComparer.Ordinal)];
        if (unknown.Length == 0)
        {
            return [];
        }
        if (options.Unmeasured == UnmeasuredTargets.Refuse)
        {
            var near = NearNames.Of(unknown[0], genes);
            throw new InvalidDataException(
                $"{SomeNames.Of(unknown)} {(unknown.Length == 1 ? "was perturbed and is no gene" : "were perturbed and are no genes")} of the screen, which has {genes.Length}, such as '{genes[0]}'{(near.Count == 0 ? "" : $", and the most alike to '{unknown[0]}' is {string.Join(" or ", near.Select(name => $"'{name}'"))}")}; expected genes that were measured, or the option unmeasured to keep them (drugs, stimuli, genes that were not measured) or to leave them out.");
        }
        if (options.Unmeasured == UnmeasuredTargets.Keep)
        {
            notes.Add($"{SomeNames.Of(unknown)} {(unknown.Length == 1 ? "is no gene" : "are no genes")} of the screen: a drug, a stimulus, or not measured.");
            return [];
        }
        return [.. unknown];
    }
}
