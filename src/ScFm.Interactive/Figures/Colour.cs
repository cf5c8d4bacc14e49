using System.Globalization;

namespace ScFm.Interactive.Figures;

/// <summary>An opaque colour of the sRGB space.</summary>
/// <param name="Red">0 to 255.</param>
/// <param name="Green">0 to 255.</param>
/// <param name="Blue">0 to 255.</param>
public readonly record struct Colour(byte Red, byte Green, byte Blue)
{
    /// <summary>Reads <c>#rrggbb</c>.</summary>
    /// <exception cref="FormatException">The text has another form.</exception>
    public static Colour Parse(string text) =>
        text.Length == 7 && text[0] == '#' && int.TryParse(text.AsSpan(1), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var rgb)
            ? new Colour((byte)(rgb >> 16), (byte)(rgb >> 8), (byte)rgb)
            : throw new FormatException($"A colour is written '{text}'; expected # and six hexadecimal digits, such as #0072b2.");

    /// <summary>The colour between two others.</summary>
    /// <param name="from">The colour at 0.</param>
    /// <param name="to">The colour at 1.</param>
    /// <param name="share">0 to 1.</param>
    public static Colour Mix(Colour from, Colour to, double share)
    {
        byte Channel(byte a, byte b) => (byte)Math.Round(a + (b - a) * share);
        return new Colour(Channel(from.Red, to.Red), Channel(from.Green, to.Green), Channel(from.Blue, to.Blue));
    }

    /// <summary>The colour as <c>rgba(r,g,b,opacity)</c>.</summary>
    /// <param name="opacity">0 to 1.</param>
    internal string WithOpacity(double opacity) => string.Create(CultureInfo.InvariantCulture, $"rgba({Red},{Green},{Blue},{opacity})");

    /// <summary>The colour as <c>#rrggbb</c>.</summary>
    public override string ToString() => $"#{Red:x2}{Green:x2}{Blue:x2}";
}
