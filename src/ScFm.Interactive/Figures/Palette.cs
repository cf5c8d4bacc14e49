namespace ScFm.Interactive.Figures;

/// <summary>Colours for categories, told apart by readers with and without colour blindness.</summary>
/// <remarks>The first eight are of Okabe and Ito (yellow darkened to be legible on white), the next nine Tol's "muted" scheme; the rest fill up to 24.</remarks>
public static class Palette
{
    private static readonly Colour[] colours =
    [
        .. new[]
        {
            "#0072b2", "#e69f00", "#009e73", "#d55e00", "#56b4e9", "#cc79a7", "#b8a500", "#5c5c5c",
            "#332288", "#88ccee", "#117733", "#cc6677", "#ddcc77", "#882255", "#44aa99", "#aa4499", "#999933",
            "#7a4b23", "#a5b8d0", "#f4a582", "#006d77", "#b07aa1", "#8fbf5a", "#c2a98b",
        }.Select(Colour.Parse),
    ];

    /// <summary>Number of colours before they repeat: 24.</summary>
    public static int Count => colours.Length;

    /// <summary>The colour of missing values.</summary>
    public static Colour Missing { get; } = Colour.Parse("#c8c8c8");

    /// <summary>The colour of a category; past <see cref="Count"/> the same colours come again, lighter each time.</summary>
    public static Colour At(int category)
    {
        var round = category / colours.Length;
        return Colour.Mix(colours[category % colours.Length], new Colour(255, 255, 255), 1 - 1 / (1 + 0.5 * round));
    }
}
