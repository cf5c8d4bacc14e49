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

    /// <summary>Where the first value stands that is no finite number; null where all are finite.</summary>
    internal (int Row, int Column)? FirstNotFinite() =>
        Array.FindIndex(Values, value => !float.IsFinite(value)) is >= 0 and var at ? (at / Columns, at % Columns) : null;

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

    /// <summary>Copies the rows of matrices below each other.</summary>
    /// <param name="parts">At least one matrix; all have as many columns.</param>
    /// <exception cref="ArgumentException">There is none, or the numbers of columns differ.</exception>
    public static DenseMatrix Stack(params IReadOnlyList<DenseMatrix> parts)
    {
        if (parts.Count == 0 || parts.Any(part => part.Columns != parts[0].Columns))
        {
            throw new ArgumentException($"The matrices have {string.Join(", ", parts.Select(part => part.Columns).DefaultIfEmpty(0))} columns; expected at least one matrix, and as many columns in all.");
        }
        var stacked = new DenseMatrix(parts.Sum(part => part.Rows), parts[0].Columns);
        var filled = 0;
        foreach (var part in parts)
        {
            part.Values.CopyTo(stacked.Values, filled);
            filled += part.Values.Length;
        }
        return stacked;
    }
}
