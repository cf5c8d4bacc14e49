using ScFm.Model.Cells;

namespace ScFm.Model.Tasks.Sensitivity;

/// <summary>The rows of a table as a method sees them.</summary>
/// <param name="Source">Source samples whose classes are known, [samples, features].</param>
/// <param name="Target">Target cells whose classes are not, [cells, features].</param>
/// <param name="Asked">What is asked about, [rows, features]: the cells that are scored, then the source samples that were left out.</param>
/// <param name="Standardise">Whether a network is given each feature at mean 0 and standard deviation 1.</param>
public sealed record TransferRows(DenseMatrix Source, DenseMatrix Target, DenseMatrix Asked, bool Standardise);
