namespace ScFm.Model.Cells.Backed;

/// <summary>A matrix that is written with its zeros.</summary>
/// <param name="Columns">Number of columns.</param>
/// <param name="Blocks">Its rows, some at a time in their order; asked for once, while they are written.</param>
public sealed record StreamedDense(int Columns, IEnumerable<DenseMatrix> Blocks) : StreamedMatrix(Columns);
