namespace ScFm.Model.Cells;

/// <summary>A dense matrix of float32 in row-major order: an embedding, a layout, a dense layer.</summary>
public sealed class DenseMatrix
{
    /// <summary>Wraps an array without copying it.</summary>
    /// <param name="rows">Number of rows.</param>
    /// <param name="columns">Number of columns.</param>
    /// <param name="values">The values, row after row; its length is <paramref name="rows"/> times <paramref name="columns"/>.</param>
    /// <exception cref="ArgumentException">The array has another length.</exception>
    public DenseMatrix(int rows, int columns, float[] values)
    {
        if (values.LongLength != (long)rows * columns)
        {
            throw new ArgumentException($"A matrix of {rows} x {columns} has {values.LongLength} values; expected {(long)rows * columns}.");
        }
        (Rows, Columns, Values) = (rows, columns, values);
    }

    /// <summary>A matrix of zeros.</summary>
    public DenseMatrix(int rows, int columns) : this(rows, columns, new float[(long)rows * columns]) { }

    /// <summary>Number of rows.</summary>
    public int Rows { get; }

    /// <summary>Number of columns.</summary>
    public int Columns { get; }

    /// <summary>The values, row after row.</summary>
    public float[] Values { get; }

    /// <summary>One value.</summary>
    public float this[int row, int column]
    {
        get => Values[(long)row * Columns + column];
        set => Values[(long)row * Columns + column] = value;
    }

    /// <summary>One row, as a view.</summary>
    public Span<float> Row(int row) => Values.AsSpan(row * Columns, Columns);

    /// <summary>Copies the given rows, in the given order.</summary>
    public DenseMatrix SelectRows(ReadOnlySpan<int> rows)
    {
        var selected = new DenseMatrix(rows.Length, Columns);
        for (var i = 0; i < rows.Length; i++)
        {
            Row(rows[i]).CopyTo(selected.Row(i));
        }
        return selected;
    }
}
