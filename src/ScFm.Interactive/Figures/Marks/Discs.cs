namespace ScFm.Interactive.Figures.Marks;

/// <summary>Translucent discs, such as the sets of a Venn picture.</summary>
/// <param name="X">The horizontal coordinate of each centre.</param>
/// <param name="Y">The vertical coordinate of each centre.</param>
/// <param name="Radius">The radius of all, in units of both axes, which are made as long on one as on the other.</param>
public sealed record Discs(IReadOnlyList<double> X, IReadOnlyList<double> Y, double Radius) : Mark
{
    /// <summary>The opacity of a disc: where two lie on each other both colours are seen.</summary>
    internal const double Opacity = 0.35;

    /// <summary>The colour of each disc.</summary>
    public IReadOnlyList<Colour> Colours { get; init; } = [.. X.Select((_, i) => Palette.At(i))];
}
