namespace ScFm.Interactive.Figures.Drawing;

/// <summary>How wide a text is, near enough to lay out a figure without a font file.</summary>
internal static class TextMetrics
{
    /// <summary>The fonts that figures ask for, in order.</summary>
    public const string Fonts = "Helvetica Neue, Helvetica, Arial, Liberation Sans, DejaVu Sans, sans-serif";

    // Advance widths of Helvetica for U+0020 to U+007E, in thousandths of the size (Adobe's font metrics).
    private static readonly short[] advances =
    [
        278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
        556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
        1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
        667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
        333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
        556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
    ];

    // DejaVu Sans, the widest of the fonts that may be chosen, needs a little more than Helvetica.
    private const double Reserve = 1.15;

    /// <summary>Width of a text in pixels.</summary>
    public static double Width(string text, double size)
    {
        var thousandths = 0;
        foreach (var character in text)
        {
            thousandths += character is >= ' ' and <= '~' ? advances[character - ' '] : character > 0x2e80 ? 1000 : 600;
        }
        return thousandths * size * Reserve / 1000;
    }

    /// <summary>The text, or its beginning and an ellipsis where it is wider than the given pixels.</summary>
    public static string Fit(string text, double size, double width)
    {
        if (Width(text, size) <= width)
        {
            return text;
        }
        var length = text.Length;
        while (length > 1 && Width(text[..length] + "…", size) > width)
        {
            length--;
        }
        return text[..length].TrimEnd() + "…";
    }
}
