using ScFm.Interactive.Figures.Marks;

namespace ScFm.Interactive.Figures.Drawing;

/// <summary>The scale that a panel's colours stand for.</summary>
internal sealed record ColourBar(ColourScale Scale, (double Least, double Greatest) Range, string? Title)
{
    /// <summary>The colour bar of the panel's first mark with values, or null.</summary>
    public static ColourBar? Of(Panel panel) => panel.Marks
        .Select(mark => mark switch
        {
            Points { Values: not null } points => new ColourBar(points.Scale, points.ValueRange, points.ScaleTitle),
            HeatMap map => new ColourBar(map.Scale, map.ValueRange, map.ScaleTitle),
            _ => null,
        })
        .FirstOrDefault(bar => bar is not null);
}
