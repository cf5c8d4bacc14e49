using ScFm.Model.Cells;

namespace ScFm.Model.Tasks.Annotation;

/// <summary>Cells whose types are known, as an annotator learns from them.</summary>
/// <param name="Cells">The cells: raw counts.</param>
/// <param name="Types">The names of the types. A type may have no cell here, such as one that was left out.</param>
/// <param name="Labels">The type of each cell, as its place in <paramref name="Types"/>.</param>
public sealed record LabelledCells(ICellSource Cells, IReadOnlyList<string> Types, int[] Labels);
