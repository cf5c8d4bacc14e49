namespace ScFm.Model.Metrics;

/// <summary>Mean and variance of each column of a matrix whose rows come one after another, so that no more than one of them need be in memory.</summary>
/// <param name="columns">Number of columns.</param>
public sealed class ColumnMoments(int columns)
{
    private readonly double[] sums = new double[columns];
    private readonly double[] squares = new double[columns];

    /// <summary>Number of rows so far.</summary>
    public long Count { get; private set; }

    /// <summary>Number of columns.</summary>
    public int Columns => sums.Length;

    /// <summary>Adds a row.</summary>
    /// <param name="row">One value a column.</param>
    /// <exception cref="ArgumentException">The row has another length.</exception>
    public void Add(ReadOnlySpan<double> row)
    {
        if (row.Length != sums.Length)
        {
            throw new ArgumentException($"The row has {row.Length} values; expected {sums.Length}, one a column.");
        }
        for (var column = 0; column < row.Length; column++)
        {
            sums[column] += row[column];
            squares[column] += row[column] * row[column];
        }
        Count++;
    }

    /// <summary>Adds a row of which all but some values are zero.</summary>
    /// <param name="indices">The columns of the values.</param>
    /// <param name="values">The values.</param>
    public void AddSparse(ReadOnlySpan<int> indices, ReadOnlySpan<double> values)
    {
        for (var i = 0; i < indices.Length; i++)
        {
            sums[indices[i]] += values[i];
            squares[indices[i]] += values[i] * values[i];
        }
        Count++;
    }

    /// <summary>Adds the rows of another, as if they had come here.</summary>
    public void Add(ColumnMoments other)
    {
        for (var column = 0; column < sums.Length; column++)
        {
            sums[column] += other.sums[column];
            squares[column] += other.squares[column];
        }
        Count += other.Count;
    }

    /// <summary>The mean of a column; NaN without rows.</summary>
    public double Mean(int column) => sums[column] / Count;

    /// <summary>The variance of a column with n - 1 in the denominator; NaN of fewer than two rows.</summary>
    public double Variance(int column) => Math.Max(0, (squares[column] - sums[column] * (sums[column] / Count)) / (Count - 1));

    /// <summary>The sum of the squared distances of a column's values from some centre.</summary>
    public double SquaresAbout(int column, double centre) => Math.Max(0, squares[column] + Count * centre * centre - 2 * centre * sums[column]);
}
