using MathNet.Numerics.LinearAlgebra;
using ScFm.Model.Cells;

namespace ScFm.Model.Metrics;

/// <summary>How different two arrangements of the same points are once they are moved, scaled and turned onto each other.</summary>
public static class Procrustes
{
    /// <summary>The disparity: the sum of squared distances that remains, both arrangements centred and of unit size; 0 for the same shape, at most 1.</summary>
    /// <remarks>With singular values s of A'B: 1 - (sum of s)² (Schönemann 1966; reflections allowed). 0 where both are single points, 1 where one is.</remarks>
    /// <param name="a">[points, dimensions].</param>
    /// <param name="b">[points, dimensions], as many of each.</param>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public static double Disparity(DenseMatrix a, DenseMatrix b)
    {
        if (a.Rows != b.Rows || a.Columns != b.Columns)
        {
            throw new ArgumentException($"The arrangements are {a.Rows} x {a.Columns} and {b.Rows} x {b.Columns}; expected the same shape.");
        }
        var (first, second) = (Standardised(a), Standardised(b));
        if (first is null || second is null)
        {
            return first is null && second is null ? 0 : 1;
        }
        var overlap = first.TransposeThisAndMultiply(second).Svd(computeVectors: false).S.Sum();
        return Math.Max(0, 1 - overlap * overlap);
    }

    /// <summary>The points less their mean, over the root of the sum of their squares; null where they coincide.</summary>
    private static Matrix<double>? Standardised(DenseMatrix points)
    {
        var matrix = Matrix<double>.Build.Dense(points.Rows, points.Columns, (row, column) => points[row, column]);
        var means = matrix.ColumnSums() / points.Rows;
        matrix.MapIndexedInplace((_, column, value) => value - means[column], Zeros.Include);
        var size = matrix.FrobeniusNorm();
        return size > 0 ? matrix / size : null;
    }
}
