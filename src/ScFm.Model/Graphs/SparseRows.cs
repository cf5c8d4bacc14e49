using System.Runtime.CompilerServices;
using ScFm.Model.Cells;

namespace ScFm.Model.Graphs;

/// <summary>The rows of a sparse matrix, of which only the stored values are touched.</summary>
internal sealed class SparseRows(CsrMatrix matrix) : RowMatrix
{
    internal override int Rows => matrix.Rows;

    internal override int Columns => matrix.Columns;

    // Hot from the first call: a notebook computes this once, before tiered compilation would get to it.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override double Dot(int row, double[] vector)
    {
        var indices = matrix.RowIndices(row);
        var values = matrix.RowValues(row);
        // Two sums hide the latency of the additions.
        var (even, odd) = (0.0, 0.0);
        var i = 0;
        for (; i + 1 < indices.Length; i += 2)
        {
            even += values[i] * vector[indices[i]];
            odd += values[i + 1] * vector[indices[i + 1]];
        }
        return i < indices.Length ? even + odd + values[i] * vector[indices[i]] : even + odd;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void AddRow(int row, double factor, double[] vector)
    {
        var indices = matrix.RowIndices(row);
        var values = matrix.RowValues(row);
        for (var i = 0; i < indices.Length; i++)
        {
            vector[indices[i]] += factor * values[i];
        }
    }

    internal override void AddSquares(int row, double[] vector)
    {
        var indices = matrix.RowIndices(row);
        var values = matrix.RowValues(row);
        for (var i = 0; i < indices.Length; i++)
        {
            vector[indices[i]] += (double)values[i] * values[i];
        }
    }

    internal override RowMatrix Scaled(double[] ceilings, double[] deviations)
    {
        var values = new float[matrix.Values.LongLength];
        for (var i = 0L; i < values.LongLength; i++)
        {
            var gene = matrix.Indices[i];
            values[i] = (float)(Math.Min(matrix.Values[i], ceilings[gene]) / deviations[gene]);
        }
        return new SparseRows(new CsrMatrix(Rows, Columns, matrix.Offsets, matrix.Indices, values));
    }
}
