using ScFm.Model.Cells;
using ScFm.Model.Tables;

namespace ScFm.Model.Tasks.Composition;

/// <summary>A file or folder of cells that a plan names.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="Cells">Its cells, read some at a time.</param>
internal sealed record StudySource(string Path, ICellSource Cells)
{
    /// <summary>The column of obs that every cell of a study has: the name of its source.</summary>
    internal const string SourceColumn = "source";

    private readonly Dictionary<string, string?[]?> labels = [];

    /// <summary>The name of the file or folder without its endings.</summary>
    internal string Name { get; } = System.IO.Path.GetFileName(System.IO.Path.TrimEndingDirectorySeparator(Path)) is var file && file.IndexOf('.') is > 0 and var dot ? file[..dot] : file;

    /// <summary>Changes with any of its cells; computed once.</summary>
    internal string Identity { get; } = Cells.Identity;

    /// <summary>What a column says of each cell, null where nothing; null where there is no such column.</summary>
    internal string?[]? Labels(string column)
    {
        if (!labels.TryGetValue(column, out var known))
        {
            labels[column] = known = Cells.Obs.Find(column) is { } found ? [.. Enumerable.Range(0, found.Length).Select(row => Text(found, row))] : null;
        }
        return known;
    }

    private static string? Text(Column column, int row) => column[row] is null or "" ? null : column.Text(row);
}
