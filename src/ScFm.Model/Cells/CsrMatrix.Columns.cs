namespace ScFm.Model.Cells;

public sealed partial class CsrMatrix
{
    /// <summary>The matrix with rows and columns exchanged.</summary>
    /// <remarks>One counting sort: rows come in their order, so that they stay in it within each column.</remarks>
    public CsrMatrix Transpose()
    {
        var offsets = new long[Columns + 1];
        foreach (var column in Indices)
        {
            offsets[column + 1]++;
        }
        for (var column = 0; column < Columns; column++)
        {
            offsets[column + 1] += offsets[column];
        }
        var next = offsets.AsSpan(0, Columns).ToArray();
        var (indices, values) = (GC.AllocateUninitializedArray<int>(Indices.Length), GC.AllocateUninitializedArray<float>(Values.Length));
        for (var row = 0; row < Rows; row++)
        {
            for (var i = Offsets[row]; i < Offsets[row + 1]; i++)
            {
                var at = next[Indices[i]]++;
                (indices[at], values[at]) = (row, Values[i]);
            }
        }
        return new CsrMatrix(Columns, Rows, offsets, indices, values).WithoutZeros();
    }

    /// <summary>Moves every column to another place; columns that meet are summed.</summary>
    /// <remarks>The time grows with the number of stored values, rows and columns only.</remarks>
    /// <param name="target">For each column its new one, or -1 where it is left out.</param>
    /// <param name="columns">Number of columns of the result.</param>
    /// <exception cref="ArgumentException"><paramref name="target"/> has another length than this matrix has columns.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A target is outside the result.</exception>
    public CsrMatrix MapColumns(ReadOnlySpan<int> target, int columns)
    {
        if (target.Length != Columns)
        {
            throw new ArgumentException($"There are {target.Length} targets; expected {Columns}, one a column.");
        }
        var kept = 0L;
        foreach (var index in Indices)
        {
            kept += target[index] >= 0 ? 1 : 0;
        }
        var (rowOf, columnOf, values, at) = (new int[kept], new int[kept], new float[kept], 0);
        for (var row = 0; row < Rows; row++)
        {
            for (var i = Offsets[row]; i < Offsets[row + 1]; i++)
            {
                if (target[Indices[i]] is >= 0 and var column)
                {
                    (rowOf[at], columnOf[at], values[at]) = (row, column, Values[i]);
                    at++;
                }
            }
        }
        return FromCoordinates(Rows, columns, rowOf, columnOf, values);
    }

    /// <summary>Copies the given columns, in the given order.</summary>
    /// <param name="columns">The columns, each at most once.</param>
    public CsrMatrix SelectColumns(ReadOnlySpan<int> columns)
    {
        var target = new int[Columns];
        Array.Fill(target, -1);
        for (var i = 0; i < columns.Length; i++)
        {
            target[columns[i]] = i;
        }
        return MapColumns(target, columns.Length);
    }

    /// <summary>Sum of each column.</summary>
    public double[] ColumnSums()
    {
        var sums = new double[Columns];
        for (var i = 0L; i < NonZeros; i++)
        {
            sums[Indices[i]] += Values[i];
        }
        return sums;
    }

    /// <summary>In how many rows each column has a stored value: the number of cells that express a gene.</summary>
    public int[] ColumnCounts()
    {
        var counts = new int[Columns];
        foreach (var index in Indices)
        {
            counts[index]++;
        }
        return counts;
    }

    /// <summary>The same pattern with other values, computed from each row's values in place.</summary>
    /// <param name="change">Is given the row and a copy of its stored values, and changes these; a value that it makes zero stays stored.</param>
    internal CsrMatrix MapRows(RowChange change)
    {
        var changed = new CsrMatrix(Rows, Columns, Offsets, Indices, [.. Values]);
        for (var row = 0; row < Rows; row++)
        {
            change(row, changed.RowValues(row));
        }
        return changed;
    }

    /// <summary>This matrix without the zeros that a change of values left stored.</summary>
    internal CsrMatrix WithoutZeros() =>
        Array.IndexOf(Values, 0f) < 0 ? this : FromSorted(Rows, Columns, RowOfEach(), Indices, Values);

    /// <summary>Changes one row's stored values in place.</summary>
    internal delegate void RowChange(int row, Span<float> values);
}
