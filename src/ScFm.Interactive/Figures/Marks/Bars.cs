namespace ScFm.Interactive.Figures.Marks;

/// <summary>One bar a category of the panel's category axis; several such marks in a panel stand side by side.</summary>
/// <param name="Values">One value a category, in the order of the axis; NaN leaves its bar out.</param>
public sealed record Bars(IReadOnlyList<double> Values) : Mark
{
    /// <summary>The colour of all bars. Default: the palette's first.</summary>
    public Colour Colour { get; init; } = Palette.At(0);

    /// <summary>Half the height of the interval at the end of each bar, one a category; NaN leaves it out. Default: none.</summary>
    public IReadOnlyList<double>? Errors { get; init; }

    /// <summary>True to write each value at the end of its bar. Default: true.</summary>
    public bool ShowValues { get; init; } = true;

    /// <summary>The ends of a bar's interval; null where it has none.</summary>
    internal (double Low, double High)? Interval(int category) =>
        Errors is { } errors && double.IsFinite(Values[category]) && double.IsFinite(errors[category])
            ? (Values[category] - errors[category], Values[category] + errors[category])
            : null;

    /// <summary>Zero, where bars stand, and all that they and their intervals reach.</summary>
    internal IReadOnlyList<double> Reach =>
        [0, .. Values, .. Enumerable.Range(0, Values.Count).Select(Interval).OfType<(double Low, double High)>().SelectMany(ends => new[] { ends.Low, ends.High })];
}
