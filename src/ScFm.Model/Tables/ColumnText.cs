using System.Globalization;

namespace ScFm.Model.Tables;

/// <summary>The texts of a column, with the decimal points of its numbers below each other.</summary>
internal static class ColumnText
{
    private const string SignificantDigits = "G5";
    private const int MostDecimals = 5;
    private const double Tiny = 1e-4;
    private const double Huge = 1e7;

    /// <summary>The texts of the first rows.</summary>
    /// <param name="column">The column.</param>
    /// <param name="rows">How many rows.</param>
    public static string[] Of(Column column, int rows)
    {
        string[] texts = [.. Enumerable.Range(0, rows).Select(column.Text)];
        // Another format was chosen by whoever made the column.
        if (column is not NumberColumn { Format: SignificantDigits } numbers)
        {
            return texts;
        }
        var values = numbers.Values[..rows].ToArray();
        if (values.Any(value => double.IsInfinity(value) || Math.Abs(value) >= Huge || (value != 0 && Math.Abs(value) < Tiny)))
        {
            return texts;
        }
        var decimals = Math.Min(MostDecimals, texts.Select(text => text.Length - 1 - text.IndexOf('.')).Where((_, row) => texts[row].Contains('.')).DefaultIfEmpty(0).Max());
        return [.. values.Select(value => double.IsNaN(value) ? "" : value.ToString("F" + decimals, CultureInfo.InvariantCulture))];
    }
}
