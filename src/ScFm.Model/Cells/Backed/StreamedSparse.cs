namespace ScFm.Model.Cells.Backed;

/// <summary>A matrix that is written in compressed rows.</summary>
/// <param name="Columns">Number of columns.</param>
/// <param name="Blocks">Its rows, some at a time in their order; asked for once, while they are written.</param>
public sealed record StreamedSparse(int Columns, IEnumerable<CsrMatrix> Blocks) : StreamedMatrix(Columns);
