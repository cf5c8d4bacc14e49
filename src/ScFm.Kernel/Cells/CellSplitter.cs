namespace ScFm.Kernel.Cells;

/// <summary>Splits a cell at its magic commands: lines that start with <c>#!</c>.</summary>
internal static class CellSplitter
{
    internal static IReadOnlyList<CellSegment> Split(string cell)
    {
        var lines = Lines(cell);
        List<CellSegment> segments = [];
        var start = 0;
        for (var i = 0; i <= lines.Length; i++)
        {
            if (i < lines.Length && !IsMagic(lines[i]))
            {
                continue;
            }

            if (lines[start..i].Any(line => !string.IsNullOrWhiteSpace(line)))
            {
                segments.Add(new CellSegment(false, string.Join('\n', Enumerable.Repeat("", start).Concat(lines[start..i]))));
            }

            if (i < lines.Length)
            {
                segments.Add(new CellSegment(true, lines[i].Trim()));
            }

            start = i + 1;
        }

        return segments;
    }

    /// <summary>The cell with spaces in place of its magic commands: every offset stays where it was.</summary>
    internal static string CodeOnly(string cell) =>
        string.Join('\n', cell.Split('\n').Select(line => IsMagic(line) ? new string(' ', line.Length) : line));

    internal static bool IsMagic(string line) => line.TrimStart().StartsWith("#!", StringComparison.Ordinal);

    private static string[] Lines(string cell) => cell.ReplaceLineEndings("\n").Split('\n');
}
