namespace ScFm.Model.Cells.Backed;

/// <summary>A matrix with a row a cell that is written block after block, so that it need never lie in memory as a whole.</summary>
/// <param name="Columns">Number of columns.</param>
public abstract record StreamedMatrix(int Columns);
