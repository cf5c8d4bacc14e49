namespace ScFm.Interactive.Figures.Marks;

/// <summary>One bar a category of the panel's category axis; several such marks in a panel stand side by side.</summary>
/// <param name="Values">One value a category, in the order of the axis; NaN leaves its bar out.</param>
public sealed record Bars(IReadOnlyList<double> Values) : Mark
{
    /// <summary>The colour of all bars. Default: the palette's first.</summary>
    public Colour Colour { get; init; } = Palette.At(0);

    /// <summary>True to write each value at the end of its bar. Default: true.</summary>
    public bool ShowValues { get; init; } = true;
}
