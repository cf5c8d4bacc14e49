using ScFm.Model.Cells;

namespace ScFm.Model.Tests.Graphs;

internal static class MatrixColumns
{
    internal static IEnumerable<float> SelectColumn(this DenseMatrix matrix, int column) =>
        Enumerable.Range(0, matrix.Rows).Select(row => matrix[row, column]);
}
