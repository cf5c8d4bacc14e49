using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ScFm.Model.Cells;

namespace ScFm.Model.Graphs;

/// <summary>The rows of a dense matrix of float32; products are summed in float64.</summary>
internal sealed class DenseRows(DenseMatrix matrix) : RowMatrix
{
    internal override int Rows => matrix.Rows;

    internal override int Columns => matrix.Columns;

    // Hot from the first call: a notebook computes this once, before tiered compilation would get to it.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override double Dot(int row, double[] vector)
    {
        ReadOnlySpan<float> values = matrix.Row(row);
        var wide = MemoryMarshal.Cast<float, Vector<float>>(values);
        var other = MemoryMarshal.Cast<double, Vector<double>>(vector);
        var (even, odd) = (Vector<double>.Zero, Vector<double>.Zero);
        for (var i = 0; i < wide.Length; i++)
        {
            Vector.Widen(wide[i], out var low, out var high);
            even += low * other[2 * i];
            odd += high * other[2 * i + 1];
        }
        var sum = Vector.Sum(even + odd);
        for (var i = wide.Length * Vector<float>.Count; i < values.Length; i++)
        {
            sum += values[i] * vector[i];
        }
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void AddRow(int row, double factor, double[] vector)
    {
        ReadOnlySpan<float> values = matrix.Row(row);
        var wide = MemoryMarshal.Cast<float, Vector<float>>(values);
        var sums = MemoryMarshal.Cast<double, Vector<double>>(vector.AsSpan());
        for (var i = 0; i < wide.Length; i++)
        {
            Vector.Widen(wide[i], out var low, out var high);
            sums[2 * i] += factor * low;
            sums[2 * i + 1] += factor * high;
        }
        for (var i = wide.Length * Vector<float>.Count; i < values.Length; i++)
        {
            vector[i] += factor * values[i];
        }
    }

    internal override void AddSquares(int row, double[] vector)
    {
        var values = matrix.Row(row);
        for (var i = 0; i < values.Length; i++)
        {
            vector[i] += (double)values[i] * values[i];
        }
    }

    internal override RowMatrix Scaled(double[] ceilings, double[] deviations)
    {
        var scaled = new DenseMatrix(Rows, Columns);
        Parallel.For(0, Rows, row =>
        {
            var from = matrix.Row(row);
            var to = scaled.Row(row);
            for (var gene = 0; gene < to.Length; gene++)
            {
                to[gene] = (float)(Math.Min(from[gene], ceilings[gene]) / deviations[gene]);
            }
        });
        return new DenseRows(scaled);
    }
}
