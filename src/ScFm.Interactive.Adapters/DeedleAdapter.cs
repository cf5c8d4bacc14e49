using Deedle;
using ScFm.Model.Tables;

namespace ScFm.Interactive.Adapters;

/// <summary>Gives tables to Deedle 7.</summary>
public static class DeedleAdapter
{
    /// <summary>The table as a frame with rows 0, 1, 2, ...; missing values are missing there too.</summary>
    public static Frame<int, string> ToFrame(this Table table) => Frame([.. Enumerable.Range(0, table.RowCount)], table);

    /// <summary>The table as a frame with named rows.</summary>
    /// <param name="table">The table.</param>
    /// <param name="rowNames">One name a row. Deedle wants them distinct: a name that comes again gets "-1", "-2", ... appended, as in anndata.</param>
    /// <exception cref="ArgumentException">The number of names is not that of the rows.</exception>
    public static Frame<string, string> ToFrame(this Table table, IReadOnlyList<string> rowNames)
    {
        if (rowNames.Count != table.RowCount)
        {
            throw new ArgumentException($"There are {rowNames.Count} row names; expected {table.RowCount}, one a row.", nameof(rowNames));
        }
        return Frame(Distinct(rowNames), table);
    }

    private static Frame<TRow, string> Frame<TRow>(TRow[] keys, Table table)
        where TRow : notnull =>
        new(table.Columns.Select(column => column.Name), table.Columns.Select(column => Series(keys, column)));

    private static ISeries<TRow> Series<TRow>(TRow[] keys, Column column)
        where TRow : notnull => column switch
        {
            NumberColumn numbers => new Series<TRow, double>(keys, numbers.Values.ToArray()),
            IntegerColumn integers => new Series<TRow, long>(keys, integers.Values.ToArray()),
            BooleanColumn flags => new Series<TRow, bool>(keys, flags.Values.ToArray()),
            _ => new Series<TRow, string?>(keys, [.. Enumerable.Range(0, column.Length).Select(row => (string?)column[row])]),
        };

    private static string[] Distinct(IReadOnlyList<string> names)
    {
        var taken = new HashSet<string>(names);
        var seen = new HashSet<string>();
        return [.. names.Select(name =>
        {
            if (seen.Add(name))
            {
                return name;
            }
            var number = 1;
            while (!taken.Add($"{name}-{number}"))
            {
                number++;
            }
            return $"{name}-{number}";
        })];
    }
}
