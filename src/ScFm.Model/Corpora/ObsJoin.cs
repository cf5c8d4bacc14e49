using ScFm.Model.Tables;

namespace ScFm.Model.Corpora;

/// <summary>Puts what is known of the cells of several sources into one table.</summary>
internal static class ObsJoin
{
    /// <summary>One row for each place; a column that a source lacks is missing for its cells.</summary>
    /// <remarks>
    /// Columns of one name are one column. Where their types differ, or a type has no value for missing, the result is the next wider type:
    /// whole numbers become numbers, yes and no and texts become categories beside categories, anything else becomes text.
    /// </remarks>
    /// <param name="tables">The table of each source.</param>
    /// <param name="places">For each row of the result a source and a row of its table.</param>
    public static Table Of(IReadOnlyList<Table> tables, CellPlace[] places)
    {
        var used = new bool[tables.Count];
        foreach (var place in places)
        {
            used[place.Slice] = true;
        }
        if (used.Count(slice => slice) == 1)
        {
            return tables[Array.IndexOf(used, true)].Select(Array.ConvertAll(places, place => place.Cell));
        }
        var names = tables.Where((_, i) => used[i]).SelectMany(table => table.Columns).Select(column => column.Name).Distinct();
        return new Table(places.Length).With(names.Select(name => Joined(name, [.. tables.Select((table, i) => used[i] ? table.Find(name) : null)], used, places)));
    }

    private static Table With(this Table table, IEnumerable<Column> columns) => columns.Aggregate(table, (joined, column) => joined.With(column));

    private static Column Joined(string name, Column?[] columns, bool[] used, CellPlace[] places)
    {
        var isWhole = !used.Where((isUsed, i) => isUsed && columns[i] is null).Any();
        Column[] found = [.. columns.OfType<Column>()];
        return found switch
        {
            _ when isWhole && found.All(column => column is IntegerColumn) => new IntegerColumn(name, Values<long>(columns, places)),
            _ when isWhole && found.All(column => column is BooleanColumn) => new BooleanColumn(name, Values<bool>(columns, places)),
            _ when found.All(column => column is IntegerColumn or NumberColumn) => new NumberColumn(name, Numbers(columns, places)),
            _ when found.All(column => column is CategoryColumn or TextColumn or BooleanColumn) && !found.All(column => column is TextColumn) => Categories(name, columns, places),
            _ => new TextColumn(name, Array.ConvertAll(places, place => columns[place.Slice] is { } column ? ColumnLabels.Of(column, place.Cell) : null)),
        };
    }

    private static T[] Values<T>(Column?[] columns, CellPlace[] places) => Array.ConvertAll(places, place => ((ValueColumn<T>)columns[place.Slice]!).Values[place.Cell]);

    private static double[] Numbers(Column?[] columns, CellPlace[] places) => Array.ConvertAll(places, place => columns[place.Slice] switch
    {
        IntegerColumn integers => integers.Values[place.Cell],
        NumberColumn numbers => numbers.Values[place.Cell],
        _ => double.NaN,
    });

    private static CategoryColumn Categories(string name, Column?[] columns, CellPlace[] places)
    {
        var codeOf = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var label in columns.OfType<CategoryColumn>().SelectMany(column => column.Categories))
        {
            codeOf.TryAdd(label, codeOf.Count);
        }
        var codes = new int[places.Length];
        for (var row = 0; row < codes.Length; row++)
        {
            var label = columns[places[row].Slice] is { } column ? ColumnLabels.Of(column, places[row].Cell) : null;
            if (label is not null)
            {
                codeOf.TryAdd(label, codeOf.Count);
            }
            codes[row] = label is null ? -1 : codeOf[label];
        }
        return new CategoryColumn(name, codes, [.. codeOf.OrderBy(code => code.Value).Select(code => code.Key)]);
    }
}
