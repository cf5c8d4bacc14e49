using ScFm.Interactive.Figures.Marks;

namespace ScFm.Interactive.Figures;

/// <summary>Says what a figure shows, for plain text and for readers who cannot see it.</summary>
internal static class FigureSummary
{
    /// <summary>One sentence a panel.</summary>
    public static string Of(Figure figure)
    {
        var panels = figure.Panels.Select(Describe);
        return figure.Title is { } title ? $"{title}: {string.Join("; ", panels)}" : string.Join("; ", panels);
    }

    private static string Describe(Panel panel)
    {
        var parts = new List<string>();
        if (panel.PointCount > 0)
        {
            parts.Add($"{panel.PointCount:N0} points");
        }
        var lines = panel.Marks.OfType<Line>().Count();
        if (lines > 0)
        {
            parts.Add(lines == 1 ? "a line" : $"{lines} lines");
        }
        if (panel.Marks.OfType<Bars>().FirstOrDefault() is { } bars)
        {
            parts.Add($"{bars.Values.Count} bars" + (panel.Marks.OfType<Bars>().Count() is > 1 and var groups ? $" in {groups} groups" : ""));
        }
        if (panel.Marks.OfType<Boxes>().FirstOrDefault() is { } boxes)
        {
            parts.Add($"{boxes.Values.Count} boxes" + (panel.Marks.OfType<Boxes>().Count() is > 1 and var groups ? $" in {groups} groups" : ""));
        }
        if (panel.Marks.OfType<Discs>().FirstOrDefault() is { } discs)
        {
            parts.Add($"{discs.X.Count} sets with {string.Join(", ", panel.Marks.OfType<Texts>().SelectMany(texts => texts.Labels))}");
        }
        if (panel.Marks.OfType<HeatMap>().FirstOrDefault() is { } map)
        {
            parts.Add($"heat map of {map.Rows:N0} x {map.Columns:N0} values");
        }
        var what = string.Join(", ", parts.DefaultIfEmpty("nothing"));
        var axes = (panel.X.Title, panel.Y.Title) is ({ } x, { } y) ? $" ({y} against {x})" : "";
        return (panel.Title is { } title ? $"{title}: " : "") + what + axes;
    }
}
