namespace ScFm.Model.Tables;

/// <summary>A small immutable table of typed columns: obs, var and every table of results.</summary>
public sealed partial class Table
{
    private readonly Column[] columns;

    /// <summary>A table without columns, with the given number of rows.</summary>
    public Table(int rowCount = 0) : this(rowCount, []) { }

    /// <summary>A table of the given columns, all of one length and with distinct names.</summary>
    /// <exception cref="ArgumentException">Two columns share a name or differ in length.</exception>
    public Table(params IEnumerable<Column> columns) : this(null, [.. columns]) { }

    private Table(int? rowCount, Column[] columns)
    {
        this.columns = columns;
        RowCount = rowCount ?? (columns.Length > 0 ? columns[0].Length : 0);
        var names = new HashSet<string>();
        foreach (var column in columns)
        {
            if (column.Length != RowCount)
            {
                throw new ArgumentException($"Column '{column.Name}' has {column.Length} rows; expected {RowCount}.");
            }
            if (!names.Add(column.Name))
            {
                throw new ArgumentException($"Two columns are named '{column.Name}'; expected distinct names.");
            }
        }
    }

    /// <summary>Number of rows.</summary>
    public int RowCount { get; }

    /// <summary>The columns, in order.</summary>
    public IReadOnlyList<Column> Columns => columns;

    /// <summary>The column of that name.</summary>
    /// <exception cref="KeyNotFoundException">There is none; the message lists those there are.</exception>
    public Column this[string name] => Find(name)
        ?? throw new KeyNotFoundException($"There is no column '{name}'; the columns are {string.Join(", ", columns.Select(c => c.Name))}.");

    /// <summary>The column of that name, or null.</summary>
    public Column? Find(string name) => Array.Find(columns, c => c.Name == name);

    /// <summary>This table with a column added, or replaced where the name exists.</summary>
    public Table With(Column column)
    {
        var at = Array.FindIndex(columns, c => c.Name == column.Name);
        Column[] with = at < 0 ? [.. columns, column] : [.. columns[..at], column, .. columns[(at + 1)..]];
        return new Table(columns.Length == 0 && RowCount == 0 ? null : RowCount, with);
    }

    /// <summary>This table without the column of that name.</summary>
    public Table Without(string name) => new(RowCount, [.. columns.Where(c => c.Name != name)]);

    /// <summary>This table with only the given rows, in the given order.</summary>
    public Table Select(ReadOnlySpan<int> rows)
    {
        var selected = new Column[columns.Length];
        for (var i = 0; i < columns.Length; i++)
        {
            selected[i] = columns[i].Select(rows);
        }
        return new Table(rows.Length, selected);
    }
}
