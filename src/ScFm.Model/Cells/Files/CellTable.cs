using ScFm.Model.Tables;

namespace ScFm.Model.Cells.Files;

/// <summary>Joins a table of labels, one row a cell, to cells by their names.</summary>
internal static class CellTable
{
    /// <summary>Adds every column after the first to the obs of cells in memory.</summary>
    internal static void Join(AnnData cells, string path) => cells.Obs = Join(cells.Obs, cells.ObsNames, path, cells.Notes);

    /// <summary>Adds every column after the first to obs; a cell without a row gets missing values.</summary>
    /// <param name="obs">What is known of the cells.</param>
    /// <param name="names">One name a cell.</param>
    /// <param name="path">A table with a header whose first column holds the names of the cells, in any order.</param>
    /// <param name="notes">Is told of cells without a row.</param>
    /// <exception cref="InvalidDataException">No row, or more than one, names the same cell.</exception>
    internal static Table Join(Table obs, string[] names, string path, List<string> notes)
    {
        var table = TextTable.Read(path);
        var rowOf = new Dictionary<string, int>(table.Rows.Count);
        for (var i = 0; i < table.Rows.Count; i++)
        {
            if (!rowOf.TryAdd(table.Rows[i][0], i))
            {
                throw new InvalidDataException($"{path} names the cell '{table.Rows[i][0]}' twice; expected one row a cell.");
            }
        }
        var rows = names.Select(name => rowOf.TryGetValue(name, out var row) ? table.Rows[row] : null).ToArray();
        var matched = rows.Count(row => row is not null);
        if (matched == 0 && names.Length > 0)
        {
            throw new InvalidDataException(
                $"{path} names none of the {names.Length} cells: its first column begins with '{table.Rows.FirstOrDefault()?[0]}'; expected names such as '{names[0]}'.");
        }
        if (matched < names.Length)
        {
            notes.Add($"{path} has no row for {names.Length - matched} of {names.Length} cells; their labels are missing.");
        }
        for (var column = 1; column < table.Header.Count; column++)
        {
            var name = table.Header[column] is "" ? $"column {column + 1}" : table.Header[column];
            obs = obs.With(TypedColumn.From(name, [.. rows.Select(row => row?[column])]));
        }
        return obs;
    }
}
