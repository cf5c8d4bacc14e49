namespace ScFm.Model.Tables;

/// <summary>One named, typed, immutable column of a <see cref="Table"/>.</summary>
public abstract class Column
{
    private protected Column(string name, int length)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Name = name;
        Length = length;
    }

    /// <summary>The column's name, unique in its table.</summary>
    public string Name { get; }

    /// <summary>Number of rows.</summary>
    public int Length { get; }

    /// <summary>The value of a row as an object; null where it is missing.</summary>
    public abstract object? this[int row] { get; }

    /// <summary>The value of a row as text for people, in the invariant culture; empty where it is missing.</summary>
    public abstract string Text(int row);

    /// <summary>The same column with only the given rows, in the given order.</summary>
    public abstract Column Select(ReadOnlySpan<int> rows);

    /// <summary>The same values under another name.</summary>
    public abstract Column Rename(string name);
}
