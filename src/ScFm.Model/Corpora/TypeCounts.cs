namespace ScFm.Model.Corpora;

/// <summary>How many labelled cells each type has.</summary>
internal static class TypeCounts
{
    /// <summary>Counts, where there are at least two types to tell apart.</summary>
    /// <returns>One number a type, 0 for a type without a cell.</returns>
    /// <exception cref="ArgumentException">There are fewer than two types, none has a cell, or a label is no type.</exception>
    internal static int[] Of(LabelledCells cells)
    {
        var counts = new int[cells.Types.Count];
        foreach (var label in cells.Labels)
        {
            if ((uint)label >= (uint)counts.Length)
            {
                throw new ArgumentException($"A label is {label}; expected a place among the {counts.Length} types.");
            }
            counts[label]++;
        }
        if (cells.Labels.Length != cells.Cells.CellCount)
        {
            throw new ArgumentException($"There are {cells.Labels.Length} labels and {cells.Cells.CellCount} cells; expected one label a cell.");
        }
        var found = counts.Count(count => count > 0);
        return found >= 2
            ? counts
            : throw new ArgumentException(
                $"The {cells.Labels.Length} labelled cells are of {found} type{(found == 1 ? $", '{cells.Types[Array.FindIndex(counts, count => count > 0)]}'" : "s")}; expected at least 2 types, to tell them apart.");
    }
}
