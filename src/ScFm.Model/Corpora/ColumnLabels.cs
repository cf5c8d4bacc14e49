using System.Globalization;
using ScFm.Model.Tables;

namespace ScFm.Model.Corpora;

/// <summary>The values of a column of any type as labels, by which cells are chosen.</summary>
internal static class ColumnLabels
{
    /// <summary>The label of each row; null where it is missing.</summary>
    public static string?[] Of(Column column)
    {
        var labels = new string?[column.Length];
        for (var row = 0; row < labels.Length; row++)
        {
            labels[row] = Of(column, row);
        }
        return labels;
    }

    /// <summary>The label of a row; null where it is missing.</summary>
    public static string? Of(Column column, int row) => column switch
    {
        IntegerColumn integers => integers.Values[row].ToString(CultureInfo.InvariantCulture), // as text for people it has separators
        NumberColumn numbers when !double.IsNaN(numbers.Values[row]) => numbers.Values[row].ToString("R", CultureInfo.InvariantCulture),
        _ => column.Text(row) is { Length: > 0 } text ? text : null,
    };
}
