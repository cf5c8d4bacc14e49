using ScFm.Interactive.Figures.Marks;

namespace ScFm.Interactive.Figures.Drawing;

/// <summary>The values that an axis must span so that every mark of its panel is seen; on a logarithmic axis their powers of ten.</summary>
internal static class AxisRange
{
    /// <summary>The range of the horizontal axis.</summary>
    public static (double Least, double Greatest) OfX(Panel panel) => Of(panel, panel.X, mark => mark switch
    {
        Points points => points.X,
        Line line => line.X,
        HeatMap map => [0, map.Columns],
        Bars bars when panel.Y.Categories is not null => bars.Reach,
        Discs discs => [.. discs.X.SelectMany(x => (double[])[x - discs.Radius, x + discs.Radius])],
        _ => [],
    });

    /// <summary>The range of the vertical axis.</summary>
    public static (double Least, double Greatest) OfY(Panel panel) => Of(panel, panel.Y, mark => mark switch
    {
        Points points => points.Y,
        Line line => line.Y,
        HeatMap map => [0, map.Rows],
        Bars bars when panel.Y.Categories is null => bars.Reach,
        Boxes boxes => boxes.Reach,
        Discs discs => [.. discs.Y.SelectMany(y => (double[])[y - discs.Radius, y + discs.Radius])],
        _ => [],
    });

    private static (double Least, double Greatest) Of(Panel panel, Axis axis, Func<Mark, IReadOnlyList<double>> values)
    {
        if (axis.Range is { } range)
        {
            return Extent.Widened(axis.Logarithmic ? (Math.Log10(range.Least), Math.Log10(range.Greatest)) : range, 0);
        }
        if (axis.Logarithmic)
        {
            return Extent.Widened(Extent.Of(panel.Marks.SelectMany(values).Where(value => value > 0).Select(Math.Log10)), 0.04);
        }
        if (axis.Categories is { } names)
        {
            return (-0.5, Math.Max(names.Count, 1) - 0.5);
        }
        var needed = Extent.Of(panel.Marks.SelectMany(values));
        if (panel.Marks.Any(mark => mark is HeatMap))
        {
            return Extent.Widened(needed, 0);
        }
        var widened = Extent.Widened(needed, panel.Marks.Any(mark => mark is Bars) ? 0.12 : 0.04);
        // Bars stand on zero: no gap below them.
        return panel.Marks.Any(mark => mark is Bars)
            ? (needed.Least == 0 ? 0 : widened.Least, needed.Greatest == 0 ? 0 : widened.Greatest)
            : widened;
    }
}
