using System.Globalization;

namespace ScFm.Model.Cells.Files;

/// <summary>Names of cells and genes of files that have none.</summary>
internal static class NumberedNames
{
    /// <summary>The numbers from 0 on.</summary>
    internal static string[] Of(int count) => [.. Enumerable.Range(0, count).Select(number => number.ToString(CultureInfo.InvariantCulture))];
}
