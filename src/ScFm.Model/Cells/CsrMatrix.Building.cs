namespace ScFm.Model.Cells;

public sealed partial class CsrMatrix
{
    /// <summary>Builds the matrix from coordinates in any order; values at one place are summed and zeros are left out.</summary>
    /// <remarks>Two counting sorts: the time grows with the number of values, rows and columns only.</remarks>
    /// <param name="rows">Number of rows.</param>
    /// <param name="columns">Number of columns.</param>
    /// <param name="rowOf">The row of each value.</param>
    /// <param name="columnOf">The column of each value.</param>
    /// <param name="values">The values.</param>
    /// <exception cref="ArgumentException">The arrays differ in length.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A row or a column is outside the matrix.</exception>
    public static CsrMatrix FromCoordinates(int rows, int columns, int[] rowOf, int[] columnOf, float[] values)
    {
        if (rowOf.Length != values.Length || columnOf.Length != values.Length)
        {
            throw new ArgumentException($"There are {rowOf.Length} rows, {columnOf.Length} columns and {values.Length} values; expected the same number of each.");
        }
        ExpectInside("row", rowOf, rows);
        ExpectInside("column", columnOf, columns);
        if (!InOrder(rowOf, columnOf))
        {
            (columnOf, rowOf, values) = SortBy(columnOf, columns, rowOf, values);
            (rowOf, columnOf, values) = SortBy(rowOf, rows, columnOf, values);
        }
        return FromSorted(rows, columns, rowOf, columnOf, values);
    }

    /// <summary>The matrix of a dense one: its values that are not zero.</summary>
    public static CsrMatrix FromDense(DenseMatrix dense)
    {
        var (offsets, indices, values) = (new long[dense.Rows + 1], new List<int>(), new List<float>());
        for (var row = 0; row < dense.Rows; row++)
        {
            var line = dense.Row(row);
            for (var column = 0; column < line.Length; column++)
            {
                if (line[column] != 0)
                {
                    indices.Add(column);
                    values.Add(line[column]);
                }
            }
            offsets[row + 1] = indices.Count;
        }
        return new CsrMatrix(dense.Rows, dense.Columns, offsets, [.. indices], [.. values]);
    }

    /// <summary>The matrix as a dense one, zeros written out.</summary>
    public DenseMatrix ToDense()
    {
        var dense = new DenseMatrix(Rows, Columns);
        for (var row = 0; row < Rows; row++)
        {
            CopyRow(row, dense.Row(row));
        }
        return dense;
    }

    /// <summary>Writes one row with its zeros.</summary>
    /// <param name="row">The row.</param>
    /// <param name="destination">[columns].</param>
    public void CopyRow(int row, Span<float> destination)
    {
        destination.Clear();
        var indices = RowIndices(row);
        var values = RowValues(row);
        for (var i = 0; i < indices.Length; i++)
        {
            destination[indices[i]] = values[i];
        }
    }

    /// <summary>Takes the arrays of a file, whose rows need not be sorted nor free of duplicates and zeros; sorted arrays are not copied.</summary>
    /// <exception cref="ArgumentException">The arrays do not fit together.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A column is outside the matrix.</exception>
    internal static CsrMatrix FromFile(int rows, int columns, long[] offsets, int[] indices, float[] values)
    {
        for (var row = 0; row + 1 < offsets.Length; row++)
        {
            if (offsets[row + 1] < offsets[row])
            {
                throw new ArgumentException($"The offsets fall from {offsets[row]} to {offsets[row + 1]} at row {row}; expected them to rise.");
            }
        }
        var matrix = new CsrMatrix(rows, columns, offsets, indices, values);
        ExpectInside("column", indices, columns);
        return matrix.IsCanonical() ? matrix : FromCoordinates(rows, columns, matrix.RowOfEach(), indices, values);
    }

    /// <summary>The row of each stored value.</summary>
    internal int[] RowOfEach()
    {
        var rowOf = new int[NonZeros];
        for (var row = 0; row < Rows; row++)
        {
            rowOf.AsSpan((int)Offsets[row]..(int)Offsets[row + 1]).Fill(row);
        }
        return rowOf;
    }

    private static CsrMatrix FromSorted(int rows, int columns, int[] rowOf, int[] columnOf, float[] values)
    {
        var (offsets, indices, sums, count) = (new long[rows + 1], new int[values.Length], new float[values.Length], 0);
        for (var i = 0; i < values.Length;)
        {
            var (row, column, sum) = (rowOf[i], columnOf[i], 0f);
            for (; i < values.Length && rowOf[i] == row && columnOf[i] == column; i++)
            {
                sum += values[i];
            }
            if (sum != 0)
            {
                (indices[count], sums[count]) = (column, sum);
                offsets[row + 1] = ++count;
            }
        }
        for (var row = 0; row < rows; row++)
        {
            offsets[row + 1] = Math.Max(offsets[row + 1], offsets[row]);
        }
        if (count < values.Length)
        {
            Array.Resize(ref indices, count);
            Array.Resize(ref sums, count);
        }
        return new CsrMatrix(rows, columns, offsets, indices, sums);
    }

    private bool IsCanonical()
    {
        for (var row = 0; row < Rows; row++)
        {
            var indices = RowIndices(row);
            for (var i = 1; i < indices.Length; i++)
            {
                if (indices[i] <= indices[i - 1])
                {
                    return false;
                }
            }
        }
        return Array.IndexOf(Values, 0f) < 0;
    }

    private static bool InOrder(int[] rowOf, int[] columnOf)
    {
        for (var i = 1; i < rowOf.Length; i++)
        {
            if (rowOf[i] < rowOf[i - 1] || (rowOf[i] == rowOf[i - 1] && columnOf[i] < columnOf[i - 1]))
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>A stable counting sort of the triples by their first member.</summary>
    private static (int[] Keys, int[] Others, float[] Values) SortBy(int[] keys, int keyCount, int[] others, float[] values)
    {
        var next = new int[keyCount + 1];
        foreach (var key in keys)
        {
            next[key + 1]++;
        }
        for (var key = 0; key < keyCount; key++)
        {
            next[key + 1] += next[key];
        }
        var (sortedKeys, sortedOthers, sortedValues) = (new int[keys.Length], new int[keys.Length], new float[keys.Length]);
        for (var i = 0; i < keys.Length; i++)
        {
            var at = next[keys[i]]++;
            (sortedKeys[at], sortedOthers[at], sortedValues[at]) = (keys[i], others[i], values[i]);
        }
        return (sortedKeys, sortedOthers, sortedValues);
    }

    private static void ExpectInside(string what, int[] indices, int count)
    {
        foreach (var index in indices)
        {
            if ((uint)index >= (uint)count)
            {
                throw new ArgumentOutOfRangeException(what, $"A value stands in {what} {index}; expected 0 to {count - 1}.");
            }
        }
    }
}
