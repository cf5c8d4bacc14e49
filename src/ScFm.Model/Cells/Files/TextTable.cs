namespace ScFm.Model.Cells.Files;

/// <summary>A tab- or comma-separated table with a header line, all of it as text.</summary>
/// <param name="Path">The file it comes from.</param>
/// <param name="Header">The names of the columns.</param>
/// <param name="Rows">One array of fields a row, each as long as the header.</param>
internal sealed record TextTable(string Path, IReadOnlyList<string> Header, IReadOnlyList<string[]> Rows)
{
    /// <summary>Reads the table; a header with one field fewer than the rows, as R writes it, gets an empty first name.</summary>
    /// <param name="path">The file; .csv is read with commas, everything else with tabs.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">There is no header, or a row has another number of fields.</exception>
    internal static TextTable Read(string path)
    {
        using var lines = new LineReader(path);
        var separator = Fields.Separator(path);
        if (!lines.TryRead(out var line))
        {
            throw new InvalidDataException($"{path} is empty; expected a table with a header line.");
        }
        var header = Fields.Split(line, separator);
        var rows = new List<string[]>();
        while (lines.TryRead(out line))
        {
            if (line.IsEmpty)
            {
                continue;
            }
            var fields = Fields.Split(line, separator);
            if (rows.Count == 0 && fields.Count == header.Count + 1)
            {
                header.Insert(0, "");
            }
            if (fields.Count != header.Count)
            {
                throw lines.Error($"the row has {fields.Count} fields; expected {header.Count}, as the header has.");
            }
            rows.Add([.. fields]);
        }
        return new TextTable(path, header, rows);
    }

    /// <summary>Position of the first column with one of the names, whatever their case; -1 where there is none.</summary>
    internal int Find(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            for (var i = 0; i < Header.Count; i++)
            {
                if (Header[i].Equals(name, StringComparison.OrdinalIgnoreCase))
                {
                    return i;
                }
            }
        }
        return -1;
    }
}
