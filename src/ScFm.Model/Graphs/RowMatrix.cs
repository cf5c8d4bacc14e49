using ScFm.Model.Cells;

namespace ScFm.Model.Graphs;

/// <summary>What principal components need of a matrix, dense or sparse: products with its rows.</summary>
internal abstract class RowMatrix
{
    // Partial sums are made for a fixed number of row blocks and added in order, so that a result does not depend on the number of threads.
    private const int Blocks = 16;

    // Where more than this share is stored, streaming over the zeros too is faster than following indices; up to half a GiB.
    private const double DenseShare = 0.2;
    private const long LargestDense = 1 << 27;

    internal abstract int Rows { get; }

    internal abstract int Columns { get; }

    /// <summary>The inner product of a row with a vector.</summary>
    internal abstract double Dot(int row, double[] vector);

    /// <summary>Adds a multiple of a row to a vector.</summary>
    internal abstract void AddRow(int row, double factor, double[] vector);

    /// <summary>Adds the squares of a row to a vector.</summary>
    internal abstract void AddSquares(int row, double[] vector);

    /// <summary>A copy whose values are cut at a ceiling of their column and then divided by its deviation.</summary>
    internal abstract RowMatrix Scaled(double[] ceilings, double[] deviations);

    /// <summary>The product with a vector, [rows].</summary>
    internal double[] Times(double[] vector)
    {
        var product = new double[Rows];
        Parallel.For(0, Rows, row => product[row] = Dot(row, vector));
        return product;
    }

    /// <summary>The sum over rows of what <paramref name="add"/> gives for each, [columns].</summary>
    internal double[] SumRows(Action<int, double[]> add)
    {
        var partial = new double[Blocks][];
        Parallel.For(0, Blocks, block =>
        {
            var sum = new double[Columns];
            var end = (int)((long)Rows * (block + 1) / Blocks);
            for (var row = (int)((long)Rows * block / Blocks); row < end; row++)
            {
                add(row, sum);
            }
            partial[block] = sum;
        });
        for (var block = 1; block < Blocks; block++)
        {
            LinearSpace.Add(1, partial[block], partial[0]);
        }
        return partial[0];
    }

    internal static RowMatrix Of(CsrMatrix matrix)
    {
        var size = (long)matrix.Rows * matrix.Columns;
        if (matrix.NonZeros <= DenseShare * size || size > LargestDense)
        {
            return new SparseRows(matrix);
        }
        var dense = new DenseMatrix(matrix.Rows, matrix.Columns);
        for (var row = 0; row < matrix.Rows; row++)
        {
            var indices = matrix.RowIndices(row);
            var values = matrix.RowValues(row);
            for (var i = 0; i < indices.Length; i++)
            {
                dense[row, indices[i]] = values[i];
            }
        }
        return new DenseRows(dense);
    }

    internal static RowMatrix Of(DenseMatrix matrix) => new DenseRows(matrix);
}
