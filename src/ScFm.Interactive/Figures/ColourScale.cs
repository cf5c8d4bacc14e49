namespace ScFm.Interactive.Figures;

/// <summary>Colours for numbers: evenly spaced stops with straight lines between them.</summary>
public sealed class ColourScale
{
    private readonly Colour[] stops;

    private ColourScale(params string[] stops) => this.stops = [.. stops.Select(Colour.Parse)];

    /// <summary>Dark violet to yellow, even in lightness: for values from low to high (matplotlib's viridis).</summary>
    public static ColourScale Viridis { get; } = new(
        "#440154", "#482878", "#3e4989", "#31688e", "#26828e", "#1f9e89", "#35b779", "#6ece58", "#b5de2b", "#fde725");

    /// <summary>Blue over white to red: for values on both sides of zero (ColorBrewer's RdBu, reversed).</summary>
    public static ColourScale BlueWhiteRed { get; } = new(
        "#2166ac", "#67a9cf", "#d1e5f0", "#f7f7f7", "#fddbc7", "#ef8a62", "#b2182b");

    /// <summary>The stops, from the lowest value to the highest.</summary>
    public IReadOnlyList<Colour> Stops => stops;

    /// <summary>The colour at a place on the scale.</summary>
    /// <param name="share">0 (lowest) to 1 (highest); values outside are clamped and NaN gives <see cref="Palette.Missing"/>.</param>
    public Colour At(double share)
    {
        if (double.IsNaN(share))
        {
            return Palette.Missing;
        }
        var place = Math.Clamp(share, 0, 1) * (stops.Length - 1);
        var below = Math.Min((int)place, stops.Length - 2);
        return Colour.Mix(stops[below], stops[below + 1], place - below);
    }
}
