using ScFm.Model.Cells;

namespace ScFm.Model.Parts;

/// <summary>Computes a row of numbers for each of some cells, from the cell alone.</summary>
/// <param name="cells">The cells, in memory.</param>
/// <param name="first">The place of the first of them among all, for what is drawn for a cell by its place.</param>
/// <param name="progress">Told how many of them are done.</param>
/// <param name="cancellation">Stops between two batches.</param>
/// <returns>[cells, width].</returns>
public delegate DenseMatrix RowsOfCells(AnnData cells, int first, IProgress<int>? progress, CancellationToken cancellation);
