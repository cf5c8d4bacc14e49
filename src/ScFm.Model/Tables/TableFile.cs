using ScFm.Model.Cells.Files;

namespace ScFm.Model.Tables;

/// <summary>Reads a table from a text file.</summary>
public static class TableFile
{
    /// <summary>Reads a table with a header line; each column is of whole numbers, numbers, labels or text, as its values are.</summary>
    /// <param name="path">The file, compressed or not: .csv is read with commas, everything else with tabs.</param>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    /// <exception cref="InvalidDataException">There is no header, a name comes twice, or a row has another number of fields.</exception>
    public static Table Read(string path)
    {
        var text = TextTable.Read(path);
        string[] names = [.. text.Header.Select((name, i) => name.Length > 0 ? name : $"column {i + 1}")];
        var twice = names.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null)
        {
            throw new InvalidDataException($"{path} has {twice.Count()} columns named '{twice.Key}'; expected distinct names.");
        }
        return new Table(names.Select((name, column) => TypedColumn.From(name, [.. text.Rows.Select(row => row[column])])));
    }
}
