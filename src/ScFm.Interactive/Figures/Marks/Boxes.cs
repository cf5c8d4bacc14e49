using ScFm.Model.Metrics;

namespace ScFm.Interactive.Figures.Marks;

/// <summary>One box a category of the panel's horizontal category axis, from the lower to the upper quartile with the median across, and lines to the 5th and the 95th percentile; several such marks stand side by side.</summary>
/// <param name="Values">One spread a category, in the order of the axis; a NaN leaves its box out.</param>
public sealed record Boxes(IReadOnlyList<Spread> Values) : Mark
{
    /// <summary>The colour of all boxes. Default: the palette's first.</summary>
    public Colour Colour { get; init; } = Palette.At(0);

    /// <summary>All that the boxes and their lines reach.</summary>
    internal IReadOnlyList<double> Reach => [.. Values.SelectMany(value => (double[])[value.Low, value.High])];
}
