using ScFm.Model.Display;

namespace ScFm.Model.Tables;

/// <summary>A table with the choices of how to show it.</summary>
/// <param name="Table">The table.</param>
[TypeFormatterSource(typeof(HtmlFormatterSource))]
public sealed record TableView(Table Table) : IHtml
{
    /// <summary>What stands above. Default: nothing.</summary>
    public string? Caption { get; init; }

    /// <summary>Rows shown; a last line tells how many more there are. Default: 20.</summary>
    public int Rows { get; init; } = 20;

    /// <summary>Columns whose lowest number is the best and is set in bold. Default: none.</summary>
    public IReadOnlyCollection<string> Lowest { get; init; } = [];

    /// <summary>Columns whose highest number is the best and is set in bold. Default: none.</summary>
    public IReadOnlyCollection<string> Highest { get; init; } = [];

    /// <summary>The view as an HTML fragment.</summary>
    public string ToHtml() => HtmlTable.Write(this);

    /// <summary>The view as aligned text.</summary>
    public override string ToString() => TableText.Aligned(this);

    /// <summary>Number of rows shown.</summary>
    internal int Shown => Math.Min(Math.Max(1, Rows), Table.RowCount);

    /// <summary>True where a row holds the best number of a column that has one.</summary>
    internal bool IsBest(Column column, int row)
    {
        var (lowest, highest) = (Lowest.Contains(column.Name), Highest.Contains(column.Name));
        if ((!lowest && !highest) || Number(column, row) is not { } value)
        {
            return false;
        }
        var all = Enumerable.Range(0, column.Length).Select(other => Number(column, other)).OfType<double>();
        return value == (lowest ? all.Min() : all.Max());
    }

    private static double? Number(Column column, int row) => column switch
    {
        NumberColumn numbers when !double.IsNaN(numbers.Values[row]) => numbers.Values[row],
        IntegerColumn integers => integers.Values[row],
        _ => null,
    };
}
