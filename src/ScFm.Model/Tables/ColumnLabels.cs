using System.Globalization;

namespace ScFm.Model.Tables;

/// <summary>The values of a column of any type as labels, by which cells are chosen, grouped and told apart; the text for people rounds numbers and parts their digits.</summary>
public static class ColumnLabels
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
        IntegerColumn integers => integers.Values[row].ToString(CultureInfo.InvariantCulture),
        NumberColumn numbers when !double.IsNaN(numbers.Values[row]) => numbers.Values[row].ToString("R", CultureInfo.InvariantCulture),
        _ => column.Text(row) is { Length: > 0 } text ? text : null,
    };
}
