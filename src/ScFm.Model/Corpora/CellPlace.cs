namespace ScFm.Model.Corpora;

/// <summary>Where a cell of a corpus lies.</summary>
/// <param name="Slice">The source, as an index into the corpus's slices.</param>
/// <param name="Cell">The cell in that source.</param>
internal readonly record struct CellPlace(int Slice, int Cell);
