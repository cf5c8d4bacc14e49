using ScFm.Model.Cells;

namespace ScFm.Model.Corpora;

/// <summary>Cells whose types are known, as an annotator learns from them.</summary>
/// <param name="Cells">The cells: raw counts.</param>
/// <param name="Types">The names of the types. A type may have no cell here, such as one that was left out.</param>
/// <param name="Labels">The type of each cell, as its place in <paramref name="Types"/>.</param>
public sealed record LabelledCells(ICellSource Cells, IReadOnlyList<string> Types, int[] Labels)
{
    /// <summary>Some of the cells, of the same types.</summary>
    /// <param name="cells">Which, each once.</param>
    /// <param name="reason">What they are, for people.</param>
    /// <exception cref="ArgumentException">There is no such cell, or one is named twice.</exception>
    public LabelledCells Choose(IReadOnlyList<int> cells, string reason) =>
        new(Corpus.Of(Cells).Choose(cells, reason), Types, [.. cells.Select(cell => Labels[cell])]);
}
