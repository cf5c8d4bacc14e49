namespace ScFm.Interactive.Figures.Marks;

/// <summary>A scatter of points; points with a NaN or infinite coordinate are left out.</summary>
/// <param name="X">One horizontal coordinate a point.</param>
/// <param name="Y">One vertical coordinate a point.</param>
public sealed record Points(IReadOnlyList<double> X, IReadOnlyList<double> Y) : Mark
{
    /// <summary>The colour of all points, unless <see cref="Values"/> are given. Default: the palette's first.</summary>
    public Colour Colour { get; init; } = Palette.At(0);

    /// <summary>A number a point, shown by colour; NaN is grey. Default: none.</summary>
    public IReadOnlyList<double>? Values { get; init; }

    /// <summary>The colours of <see cref="Values"/>. Default: viridis.</summary>
    public ColourScale Scale { get; init; } = ColourScale.Viridis;

    /// <summary>What the colour bar is called. Default: nothing.</summary>
    public string? ScaleTitle { get; init; }

    /// <summary>Diameter in pixels. Default: 5.</summary>
    public double Size { get; init; } = 5;

    /// <summary>0 (invisible) to 1. Default: 0.9.</summary>
    public double Opacity { get; init; } = 0.9;

    /// <summary>The least and the greatest finite value, equal to (0, 1) where there is none.</summary>
    internal (double Least, double Greatest) ValueRange => Extent.Of(Values ?? []);
}
