using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace ScFm.Model.Tables;

/// <summary>Writes a table as text: aligned for people, separated or JSON for programs.</summary>
internal static class TableText
{
    private const int WidestText = 40;

    /// <summary>The view as aligned columns.</summary>
    public static string Aligned(TableView view)
    {
        var text = new StringBuilder();
        if (view.Caption is { } caption)
        {
            text.Append(caption).Append('\n');
        }
        var columns = view.Table.Columns;
        var cells = columns.Select(column => (string[])[Line(column.Name), .. ColumnText.Of(column, view.Shown).Select(Line)]).ToArray();
        var widths = cells.Select(column => column.Max(cell => cell.Length)).ToArray();
        for (var row = 0; row <= view.Shown && columns.Count > 0; row++)
        {
            var line = columns.Select((column, i) => HtmlTable.Side(column) == "right" ? cells[i][row].PadLeft(widths[i]) : cells[i][row].PadRight(widths[i]));
            text.Append(string.Join("  ", line).TrimEnd()).Append('\n');
            if (row == 0)
            {
                text.Append(string.Join("  ", widths.Select(width => new string('-', width)))).Append('\n');
            }
        }
        if (HtmlTable.Rest(view) is { } rest)
        {
            text.Append(rest).Append('\n');
        }
        return text.ToString().TrimEnd('\n');
    }

    /// <summary>A header and all rows, with quotes where RFC 4180 asks for them.</summary>
    public static string Separated(Table table, char separator)
    {
        var text = new StringBuilder();
        text.AppendJoin(separator, table.Columns.Select(column => Quoted(column.Name, separator))).Append('\n');
        for (var row = 0; row < table.RowCount; row++)
        {
            text.AppendJoin(separator, table.Columns.Select(column => Quoted(Convert.ToString(column[row], CultureInfo.InvariantCulture) ?? "", separator))).Append('\n');
        }
        return text.ToString();
    }

    /// <summary>All rows as records.</summary>
    public static string Json(Table table)
    {
        var records = Enumerable.Range(0, table.RowCount).Select(row => (JsonNode)new JsonObject(
            table.Columns.Select(column => KeyValuePair.Create(column.Name, Value(column[row])))));
        return new JsonArray([.. records]).ToJsonString();
    }

    private static JsonNode? Value(object? value) => value switch
    {
        double number when double.IsFinite(number) => JsonValue.Create(number),
        double infinite => JsonValue.Create(infinite.ToString(CultureInfo.InvariantCulture)),
        long whole => JsonValue.Create(whole),
        bool flag => JsonValue.Create(flag),
        null => null,
        _ => JsonValue.Create(value.ToString()),
    };

    private static string Quoted(string value, char separator) =>
        value.AsSpan().IndexOfAny([separator, '"', '\n', '\r']) < 0 ? value : $"\"{value.Replace("\"", "\"\"")}\"";

    private static string Line(string value)
    {
        var line = value.ReplaceLineEndings(" ");
        return line.Length <= WidestText ? line : line[..(WidestText - 1)] + "…";
    }
}
