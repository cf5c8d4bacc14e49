using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ScFm.Model.Cells;

namespace ScFm.Model.Regression.Logistic;

/// <summary>The columns of a sparse matrix, of which only the values that are not zero are kept or visited.</summary>
/// <remarks>Sums are made in one order, so that they do not depend on threads. Vectors are read without a check of bounds: they have one value a row.</remarks>
internal sealed class SparseColumns
{
    private readonly CsrMatrix columns;

    internal SparseColumns(CsrMatrix matrix) => columns = matrix.Transpose();

    /// <summary>Number of rows: samples.</summary>
    internal int Rows => columns.Columns;

    /// <summary>Number of columns: predictors.</summary>
    internal int Count => columns.Rows;

    /// <summary>The stored values of a column.</summary>
    internal ReadOnlySpan<float> Values(int column) => columns.RowValues(column);

    /// <summary>The inner product of a column with a vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal double Dot(int column, double[] vector)
    {
        var rows = columns.RowIndices(column);
        var values = columns.RowValues(column);
        ref var row = ref MemoryMarshal.GetReference(rows);
        ref var value = ref MemoryMarshal.GetReference(values);
        ref var from = ref MemoryMarshal.GetArrayDataReference(vector);
        var (a, b, c, d) = (0.0, 0.0, 0.0, 0.0);
        nint i = 0;
        for (; i + 3 < rows.Length; i += 4)
        {
            a += Unsafe.Add(ref value, i) * Unsafe.Add(ref from, Unsafe.Add(ref row, i));
            b += Unsafe.Add(ref value, i + 1) * Unsafe.Add(ref from, Unsafe.Add(ref row, i + 1));
            c += Unsafe.Add(ref value, i + 2) * Unsafe.Add(ref from, Unsafe.Add(ref row, i + 2));
            d += Unsafe.Add(ref value, i + 3) * Unsafe.Add(ref from, Unsafe.Add(ref row, i + 3));
        }
        for (; i < rows.Length; i++)
        {
            a += Unsafe.Add(ref value, i) * Unsafe.Add(ref from, Unsafe.Add(ref row, i));
        }
        return a + b + (c + d);
    }

    /// <summary>The inner product of a column with itself under weights.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal double Squares(int column, double[] weights)
    {
        var rows = columns.RowIndices(column);
        var values = columns.RowValues(column);
        ref var row = ref MemoryMarshal.GetReference(rows);
        ref var value = ref MemoryMarshal.GetReference(values);
        ref var from = ref MemoryMarshal.GetArrayDataReference(weights);
        var (a, b) = (0.0, 0.0);
        nint i = 0;
        for (; i + 1 < rows.Length; i += 2)
        {
            double first = Unsafe.Add(ref value, i), second = Unsafe.Add(ref value, i + 1);
            a += first * first * Unsafe.Add(ref from, Unsafe.Add(ref row, i));
            b += second * second * Unsafe.Add(ref from, Unsafe.Add(ref row, i + 1));
        }
        if (i < rows.Length)
        {
            double last = Unsafe.Add(ref value, i);
            a += last * last * Unsafe.Add(ref from, Unsafe.Add(ref row, i));
        }
        return a + b;
    }

    /// <summary>Adds a multiple of a column to a vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Add(double factor, int column, double[] sum)
    {
        var rows = columns.RowIndices(column);
        var values = columns.RowValues(column);
        ref var to = ref MemoryMarshal.GetArrayDataReference(sum);
        for (var i = 0; i < rows.Length; i++)
        {
            Unsafe.Add(ref to, rows[i]) += factor * values[i];
        }
    }

    /// <summary>Adds a multiple of a column to a vector, each value under its row's weight.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Add(double factor, double[] weights, int column, double[] sum)
    {
        var rows = columns.RowIndices(column);
        var values = columns.RowValues(column);
        ref var to = ref MemoryMarshal.GetArrayDataReference(sum);
        ref var weight = ref MemoryMarshal.GetArrayDataReference(weights);
        for (var i = 0; i < rows.Length; i++)
        {
            Unsafe.Add(ref to, rows[i]) += factor * values[i] * Unsafe.Add(ref weight, rows[i]);
        }
    }
}
