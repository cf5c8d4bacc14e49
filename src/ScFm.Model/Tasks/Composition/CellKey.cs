namespace ScFm.Model.Tasks.Composition;

/// <summary>One cell of a study: however many sets name it, it is the same cell.</summary>
/// <param name="Source">Which file or folder.</param>
/// <param name="Row">Which cell of it.</param>
internal readonly record struct CellKey(int Source, int Row);
