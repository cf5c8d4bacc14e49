using System.Globalization;

namespace ScFm.Interactive.Figures;

/// <summary>The order in which people list labels: whole numbers by value, everything else by letters.</summary>
internal sealed class LabelOrder : IComparer<string>
{
    /// <summary>The only instance.</summary>
    public static LabelOrder Natural { get; } = new();

    /// <inheritdoc/>
    public int Compare(string? x, string? y) =>
        long.TryParse(x, NumberStyles.None, CultureInfo.InvariantCulture, out var a) && long.TryParse(y, NumberStyles.None, CultureInfo.InvariantCulture, out var b)
            ? a.CompareTo(b)
            : string.CompareOrdinal(x, y);
}
