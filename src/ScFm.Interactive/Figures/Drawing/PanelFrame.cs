using ScFm.Interactive.Figures.Marks;

namespace ScFm.Interactive.Figures.Drawing;

/// <summary>A panel with the pixels of everything in it; the static and the interactive picture share it, so that nothing jumps.</summary>
internal sealed record PanelFrame
{
    /// <summary>The panel.</summary>
    public required Panel Panel { get; init; }

    /// <summary>All the room that the panel has, titles and legend included.</summary>
    public required Box Cell { get; init; }

    /// <summary>The rectangle between the axes.</summary>
    public required Box Plot { get; init; }

    /// <summary>The horizontal axis in pixels.</summary>
    public required AxisScale X { get; init; }

    /// <summary>The vertical axis in pixels.</summary>
    public required AxisScale Y { get; init; }

    /// <summary>The ticks of the horizontal axis.</summary>
    public required Ticks XTicks { get; init; }

    /// <summary>True where the names below the panel stand at half a right angle, since side by side there is no room for them.</summary>
    public bool XNamesSlanted { get; init; }

    /// <summary>The ticks of the vertical axis.</summary>
    public required Ticks YTicks { get; init; }

    /// <summary>True where points are drawn as one raster.</summary>
    public bool RasterPoints => Panel.PointCount > Figure.LargeScatter;

    /// <summary>The scale of the panel's colour bar, or null.</summary>
    public ColourBar? ColourBar => ColourBar.Of(Panel);

    /// <summary>The rectangle of a bar, or null where the value is missing.</summary>
    /// <param name="bars">The mark.</param>
    /// <param name="category">The category.</param>
    public Box? BarBox(Bars bars, int category)
    {
        if (!double.IsFinite(bars.Values[category]))
        {
            return null;
        }
        var (offset, width) = BarPlace(bars);
        var (from, to) = (category + offset, category + offset + width);
        var value = bars.Values[category];
        return Panel.Y.Categories is null
            ? new Box(X.At(from), Math.Min(Y.At(0), Y.At(value)), X.At(to), Math.Max(Y.At(0), Y.At(value)))
            : new Box(Math.Min(X.At(0), X.At(value)), Math.Min(Y.At(from), Y.At(to)), Math.Max(X.At(0), X.At(value)), Math.Max(Y.At(from), Y.At(to)));
    }

    /// <summary>Where a mark's bars or boxes begin beside their category, and how wide they are, in units of the axis.</summary>
    public (double Offset, double Width) BarPlace<T>(T mark) where T : Mark
    {
        var group = Panel.Marks.OfType<T>().ToList();
        var width = 0.72 / group.Count;
        return (-0.36 + width * group.FindIndex(other => ReferenceEquals(other, mark)), width * 0.94);
    }
}
