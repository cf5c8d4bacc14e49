using ScFm.Model.Corpora;

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
        var counts = TypeCounts.Of(cells);
        return new KnownTypes([.. cells.Types], [.. Enumerable.Range(0, counts.Length).Where(type => counts[type] > 0)]);
    }

    /// <summary>The type of each cell as its place in <see cref="Seen"/>.</summary>
    public long[] Codes(LabelledCells cells) => Array.ConvertAll(cells.Labels, label => (long)Array.BinarySearch(Seen, label));

    /// <summary>The weight of each seen type: 1, or so that all types weigh the same in sum and a cell 1 on average.</summary>
    public float[] Weights(LabelledCells cells, bool balanced)
    {
        var counts = TypeCounts.Of(cells);
        return Array.ConvertAll(Seen, type => balanced ? (float)cells.Labels.Length / (Count * counts[type]) : 1);
    }
}
