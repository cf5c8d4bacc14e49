namespace ScFm.Interactive.Figures.Marks;

/// <summary>A line through points in the order given; NaN interrupts it.</summary>
/// <param name="X">One horizontal coordinate a point.</param>
/// <param name="Y">One vertical coordinate a point.</param>
public sealed record Line(IReadOnlyList<double> X, IReadOnlyList<double> Y) : Mark
{
    /// <summary>Its colour. Default: the palette's first.</summary>
    public Colour Colour { get; init; } = Palette.At(0);

    /// <summary>Its width in pixels. Default: 1.8.</summary>
    public double Width { get; init; } = 1.8;

    /// <summary>0 (invisible) to 1. Default: 1.</summary>
    public double Opacity { get; init; } = 1;

    /// <summary>True for a dashed line. Default: false.</summary>
    public bool Dashed { get; init; }

    /// <summary>True to mark each point with a dot. Default: false.</summary>
    public bool Dots { get; init; }
}
