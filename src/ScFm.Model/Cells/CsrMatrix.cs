namespace ScFm.Model.Cells;

/// <summary>A sparse matrix in compressed rows: cells in rows, genes in columns.</summary>
/// <remarks>Column indices ascend within a row and stored values are not zero.</remarks>
public sealed partial class CsrMatrix
{
    /// <summary>Wraps arrays without copying them.</summary>
    /// <param name="rows">Number of rows (cells).</param>
    /// <param name="columns">Number of columns (genes).</param>
    /// <param name="offsets">Where each row begins in the other two arrays, and their length at the end: <paramref name="rows"/> + 1 values.</param>
    /// <param name="indices">The column of each stored value, ascending within a row.</param>
    /// <param name="values">The stored values.</param>
    /// <exception cref="ArgumentException">The arrays do not fit together.</exception>
    public CsrMatrix(int rows, int columns, long[] offsets, int[] indices, float[] values)
    {
        if (offsets.Length != rows + 1 || offsets[0] != 0 || offsets[rows] != indices.LongLength || indices.LongLength != values.LongLength)
        {
            throw new ArgumentException(
                $"A sparse matrix of {rows} x {columns} has {offsets.Length} offsets, {indices.LongLength} indices and {values.LongLength} values; expected {rows + 1} offsets that end at the number of values.");
        }
        (Rows, Columns, Offsets, Indices, Values) = (rows, columns, offsets, indices, values);
    }

    /// <summary>Number of rows (cells).</summary>
    public int Rows { get; }

    /// <summary>Number of columns (genes).</summary>
    public int Columns { get; }

    /// <summary>Where each row begins; <see cref="Rows"/> + 1 values.</summary>
    public long[] Offsets { get; }

    /// <summary>The column of each stored value.</summary>
    public int[] Indices { get; }

    /// <summary>The stored values.</summary>
    public float[] Values { get; }

    /// <summary>Number of stored values.</summary>
    public long NonZeros => Values.LongLength;

    /// <summary>The columns of one row's stored values.</summary>
    public ReadOnlySpan<int> RowIndices(int row) => Indices.AsSpan((int)Offsets[row], (int)(Offsets[row + 1] - Offsets[row]));

    /// <summary>The stored values of one row.</summary>
    public Span<float> RowValues(int row) => Values.AsSpan((int)Offsets[row], (int)(Offsets[row + 1] - Offsets[row]));

    /// <summary>Sum of each row: the library sizes, where the values are counts.</summary>
    public double[] RowSums()
    {
        var sums = new double[Rows];
        for (var row = 0; row < Rows; row++)
        {
            foreach (var value in RowValues(row))
            {
                sums[row] += value;
            }
        }
        return sums;
    }

    /// <summary>Copies the given rows, in the given order.</summary>
    public CsrMatrix SelectRows(ReadOnlySpan<int> rows)
    {
        var wanted = new (CsrMatrix, int)[rows.Length];
        for (var i = 0; i < wanted.Length; i++)
        {
            wanted[i] = (this, rows[i]);
        }
        return Gather(wanted, Columns);
    }

    /// <summary>Copies rows of several matrices into one, in the given order.</summary>
    /// <param name="rows">A matrix and a row of it, for each row of the result.</param>
    /// <param name="columns">Number of columns of all of them.</param>
    /// <exception cref="ArgumentException">There are more values than an array holds.</exception>
    internal static CsrMatrix Gather(ReadOnlySpan<(CsrMatrix Part, int Row)> rows, int columns)
    {
        var offsets = new long[rows.Length + 1];
        for (var i = 0; i < rows.Length; i++)
        {
            offsets[i + 1] = offsets[i] + rows[i].Part.RowIndices(rows[i].Row).Length;
        }
        if (offsets[^1] > Array.MaxLength)
        {
            throw new ArgumentException($"{rows.Length:N0} cells have {offsets[^1]:N0} values together; expected at most {Array.MaxLength:N0} in memory: take fewer at a time.");
        }
        var (indices, values) = (GC.AllocateUninitializedArray<int>((int)offsets[^1]), GC.AllocateUninitializedArray<float>((int)offsets[^1]));
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i].Part.RowIndices(rows[i].Row).CopyTo(indices.AsSpan((int)offsets[i]));
            rows[i].Part.RowValues(rows[i].Row).CopyTo(values.AsSpan((int)offsets[i]));
        }
        return new CsrMatrix(rows.Length, columns, offsets, indices, values);
    }
}
