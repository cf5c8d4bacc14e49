namespace ScFm.Model.Tasks.Annotation.Heads;

/// <summary>The types that a classifier has seen cells of, among all that were named: to the others it gives probability 0.</summary>
/// <param name="Types">All names.</param>
/// <param name="Seen">Those with cells, as places in <paramref name="Types"/>, ascending.</param>
internal sealed record KnownTypes(string[] Types, int[] Seen)
{
    /// <summary>Number of types with cells.</summary>
    public int Count => Seen.Length;

    /// <summary>The types of labelled cells.</summary>
    /// <exception cref="ArgumentException">They are of fewer than two types, or a label names none.</exception>
    public static KnownTypes Of(LabelledCells cells)
    {
        if (cells.Labels.Length != cells.Cells.CellCount)
        {
            throw new ArgumentException($"There are {cells.Labels.Length} labels for {cells.Cells.CellCount} cells; expected one a cell.");
        }
        if (Array.FindIndex(cells.Labels, label => label < 0 || label >= cells.Types.Count) is >= 0 and var wrong)
        {
            throw new ArgumentException($"Cell {wrong} ('{cells.Cells.ObsNames[wrong]}') has the label {cells.Labels[wrong]}; expected 0 to {cells.Types.Count - 1}, a place among the types.");
        }
        int[] seen = [.. cells.Labels.Distinct().Order()];
        return seen.Length > 1
            ? new KnownTypes([.. cells.Types], seen)
            : throw new ArgumentException(seen.Length == 0 ? "There are no labelled cells; expected cells of at least two types." : $"All {cells.Labels.Length} cells are of the type '{cells.Types[seen[0]]}'; expected at least two types.");
    }

    /// <summary>The type of each cell as its place in <see cref="Seen"/>.</summary>
    public long[] Codes(LabelledCells cells) => Array.ConvertAll(cells.Labels, label => (long)Array.BinarySearch(Seen, label));

    /// <summary>The weight of each seen type: 1, or so that all types weigh the same in sum and a cell 1 on average.</summary>
    public float[] Weights(LabelledCells cells, bool balanced)
    {
        var counts = cells.Labels.CountBy(label => label).ToDictionary();
        return Array.ConvertAll(Seen, type => balanced ? (float)cells.Labels.Length / (Count * counts[type]) : 1);
    }
}
