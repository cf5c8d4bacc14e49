using System.Globalization;
using System.Text.RegularExpressions;

namespace ScFm.Model.Devices;

/// <summary>Amounts of memory as people write them.</summary>
public static partial class ByteSize
{
    private static readonly string[] Units = ["B", "KiB", "MiB", "GiB", "TiB"];

    /// <summary>Reads 8GiB, 512 MiB, 1.5 GiB, 2G or 1000000 (bytes); units are of 1024 and may be short.</summary>
    /// <param name="text">The amount, above 0.</param>
    /// <returns>Bytes.</returns>
    /// <exception cref="ArgumentException">It is no such amount.</exception>
    public static long Parse(string text)
    {
        var match = Amount().Match(text);
        var bytes = match.Success
            ? double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) * Math.Pow(1024, Math.Max(0, "BKMGT".IndexOf(match.Groups[2].Value.ToUpperInvariant().DefaultIfEmpty('B').First(), StringComparison.Ordinal)))
            : 0;
        return bytes is >= 1 and < long.MaxValue ? (long)bytes : throw new ArgumentException($"'{text}' is no amount of memory; expected one such as 8GiB, 512MiB or 1.5GiB.");
    }

    /// <summary>As 3.2 GiB.</summary>
    public static string Text(long bytes)
    {
        var unit = 0;
        var size = (double)bytes;
        while (size >= 1024 && unit < Units.Length - 1)
        {
            (size, unit) = (size / 1024, unit + 1);
        }
        return string.Create(CultureInfo.InvariantCulture, $"{size:0.#} {Units[unit]}");
    }

    [GeneratedRegex(@"^\s*(\d+(?:\.\d+)?)\s*([KMGT]?)i?B?\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex Amount();
}
