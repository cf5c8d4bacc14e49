using System.Globalization;

namespace ScFm.Interactive.Figures.Drawing;

/// <summary>The number beside a bar.</summary>
internal static class BarText
{
    /// <summary>Three significant digits, and whole numbers in full.</summary>
    public static string Of(double value) => value == Math.Floor(value) && Math.Abs(value) < 1e7
        ? value.ToString("N0", CultureInfo.InvariantCulture)
        : value.ToString("G3", CultureInfo.InvariantCulture);
}
