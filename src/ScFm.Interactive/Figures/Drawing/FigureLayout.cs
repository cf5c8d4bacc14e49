using ScFm.Interactive.Figures.Marks;

namespace ScFm.Interactive.Figures.Drawing;

/// <summary>Gives every panel of a figure its pixels.</summary>
internal static class FigureLayout
{
    /// <summary>Size of numbers and names.</summary>
    public const double TextSize = 12;

    /// <summary>Size of axis titles.</summary>
    public const double AxisTitleSize = 13;

    /// <summary>Size of panel titles.</summary>
    public const double TitleSize = 14;

    /// <summary>Height of a line of the legend.</summary>
    public const double LegendLine = 18;

    /// <summary>From the plot to the legend or the colour bar.</summary>
    public const double LegendGap = 16;

    /// <summary>Width of a colour bar.</summary>
    public const double ColourBarWidth = 12;

    /// <summary>Width of the strip of a band.</summary>
    public const double BandWidth = 9;

    /// <summary>The share of a panel's width that the names on its vertical axis may take.</summary>
    public const double MostNames = 0.45;

    /// <summary>The share of a panel's height that slanted names below it may take.</summary>
    private const double MostNamesBelow = 0.35;

    private const double FigureTitleHeight = 34;
    private const double Edge = 12;

    /// <summary>The frames of the figure's panels, in order.</summary>
    public static IReadOnlyList<PanelFrame> Arrange(Figure figure)
    {
        var columns = Math.Max(1, figure.Columns);
        var rows = (figure.Panels.Count + columns - 1) / columns;
        var top = figure.Title is null ? 0 : FigureTitleHeight;
        var (width, height) = ((double)figure.Width / columns, (figure.Height - top) / Math.Max(1, rows));
        return
        [
            .. figure.Panels.Select((panel, i) => Frame(panel, new Box(
                i % columns * width, top + i / columns * height, (i % columns + 1) * width, top + (i / columns + 1) * height))),
        ];
    }

    private static PanelFrame Frame(Panel panel, Box cell)
    {
        var (rangeX, rangeY) = (AxisRange.OfX(panel), AxisRange.OfY(panel));
        var ticksY = TicksOf(panel.Y, rangeY, (int)(cell.Height / 60));
        var right = cell.Right - Edge - RightWidth(panel);
        var left = cell.Left + Edge + LeftWidth(panel.Y, ticksY, cell.Width);
        right = Math.Max(left + 20, right);
        var ticksX = TicksOf(panel.X, rangeX, (int)((right - left) / 80));
        var slanted = AreSlanted(panel.X, ticksX, right - left);
        if (slanted)
        {
            ticksX = ticksX with { Labels = [.. ticksX.Labels.Select(name => TextMetrics.Fit(name, TextSize, cell.Height * MostNamesBelow * Math.Sqrt(2)))] };
        }
        var top = cell.Top + (panel.Title is null ? Edge : Edge + TitleSize + 10);
        var names = !panel.X.ShowTicks ? 4 : 8 + (slanted ? SlantedHeight(ticksX) : TextSize);
        var bottom = cell.Bottom - Edge - names - (panel.X.Title is null ? 0 : AxisTitleSize + 7);
        var plot = new Box(left, top, right, Math.Max(top + 20, bottom));
        (rangeX, rangeY) = panel.Marks.Any(mark => mark is Discs) ? EqualUnits(rangeX, rangeY, plot) : (rangeX, rangeY);
        return new PanelFrame
        {
            Panel = panel,
            Cell = cell,
            Plot = plot,
            X = ScaleOf(panel.X, rangeX, plot.Left, plot.Right),
            Y = ScaleOf(panel.Y, rangeY, plot.Bottom, plot.Top),
            XTicks = ticksX,
            XNamesSlanted = slanted,
            YTicks = ticksY,
        };
    }

    /// <summary>The ranges with one of them widened about its middle, so that a unit is as long on both axes and discs are round.</summary>
    private static ((double, double) X, (double, double) Y) EqualUnits((double Least, double Greatest) x, (double Least, double Greatest) y, Box plot)
    {
        var unit = Math.Max((x.Greatest - x.Least) / plot.Width, (y.Greatest - y.Least) / plot.Height);
        return (Of(x, plot.Width), Of(y, plot.Height));

        (double, double) Of((double Least, double Greatest) range, double pixels) =>
            ((range.Least + range.Greatest - unit * pixels) / 2, (range.Least + range.Greatest + unit * pixels) / 2);
    }

    private static AxisScale ScaleOf(Axis axis, (double, double) range, double from, double to) =>
        axis.Reversed ? new AxisScale(range, to, from, axis.Logarithmic) : new AxisScale(range, from, to, axis.Logarithmic);

    private static Ticks TicksOf(Axis axis, (double, double) range, int wanted) =>
        !axis.ShowTicks || axis.Bands is not null ? new Ticks([], [])
        : axis.Categories is { } names ? Ticks.Named(names, 0)
        : axis.CellNames is { } cells ? Ticks.Named(cells, 0.5)
        : axis.Logarithmic ? Ticks.Powers(range, Math.Clamp(wanted, 2, 10))
        : Ticks.Round(range, Math.Clamp(wanted, 2, 10));

    /// <summary>True where names beside each other would run into one another.</summary>
    private static bool AreSlanted(Axis axis, Ticks ticks, double width) =>
        (axis.Categories ?? axis.CellNames) is not null && ticks.Labels.Any(name => TextMetrics.Width(name, TextSize) > width / ticks.Labels.Count - 4);

    private static double SlantedHeight(Ticks ticks) =>
        (ticks.Labels.Max(name => TextMetrics.Width(name, TextSize)) + TextSize) * Math.Sqrt(0.5);

    private static double LeftWidth(Axis axis, Ticks ticks, double room)
    {
        var names = axis.Bands?.Select(band => band.Label) ?? ticks.Labels;
        var widest = names.Select(name => TextMetrics.Width(name, TextSize)).DefaultIfEmpty(0).Max();
        return Math.Min(widest, room * MostNames) + 8 + (axis.Bands is null ? 0 : BandWidth + 4) + (axis.Title is null ? 0 : AxisTitleSize + 7);
    }

    private static double RightWidth(Panel panel)
    {
        if (ColourBar.Of(panel) is { } bar)
        {
            var widest = Ticks.Round(bar.Range, 4).Labels.Select(label => TextMetrics.Width(label, TextSize)).DefaultIfEmpty(0).Max();
            return LegendGap + ColourBarWidth + 8 + widest;
        }
        return panel.Legend.Count == 0 ? 4 : LegendGap + 16 + LegendWidth(panel);
    }

    /// <summary>Width of the widest name in the legend, at most 170.</summary>
    public static double LegendWidth(Panel panel) =>
        Math.Min(170, panel.Legend.Select(mark => TextMetrics.Width(mark.Name!, TextSize)).DefaultIfEmpty(0).Max());
}
