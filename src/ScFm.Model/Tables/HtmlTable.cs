using System.Text;

namespace ScFm.Model.Tables;

/// <summary>Writes a table as HTML with its styles on the elements, since viewers drop style sheets.</summary>
internal static class HtmlTable
{
    private const string Cell = "padding:4px 12px;border:0;white-space:nowrap;";
    private const string Head = Cell + "position:sticky;top:0;background:#fff;color:#1f2328;border-bottom:1.5px solid #2b2b2b;font-weight:600;";

    /// <summary>The view as a fragment.</summary>
    public static string Write(TableView view)
    {
        var html = new StringBuilder();
        html.Append("""<div class="scfm-table" style="display:inline-block;vertical-align:top;max-width:100%;max-height:680px;overflow:auto;background:#fff;color:#1f2328;border-radius:6px;padding:6px 8px">""").Append('\n');
        if (view.Caption is { } caption)
        {
            // Not a caption element: that is never wider than its table, and a sentence over two narrow columns becomes a tower.
            html.Append($"""<div style="max-width:46em;padding:4px 12px 8px;font:600 14px/1.45 Helvetica Neue,Helvetica,Arial,sans-serif">{HtmlText.Escape(caption)}</div>""").Append('\n');
        }
        html.Append("""<table style="border-collapse:collapse;border:0;font:13px/1.45 Helvetica Neue,Helvetica,Arial,sans-serif;font-variant-numeric:tabular-nums;color:#1f2328">""").Append('\n');
        html.Append("<thead><tr>");
        foreach (var column in view.Table.Columns)
        {
            html.Append($"""<th style="{Head}text-align:{Side(column)}">{HtmlText.Escape(column.Name)}</th>""");
        }
        html.Append("</tr></thead>\n<tbody>\n");
        var texts = view.Table.Columns.Select(column => ColumnText.Of(column, view.Shown)).ToArray();
        for (var row = 0; row < view.Shown; row++)
        {
            html.Append($"""<tr style="background:{(row % 2 == 0 ? "#fff" : "#f6f8fa")}">""");
            foreach (var (column, text) in view.Table.Columns.Zip(texts))
            {
                var bold = view.IsBest(column, row) ? "font-weight:700;" : "";
                html.Append($"""<td style="{Cell}{bold}text-align:{Side(column)}">{HtmlText.Escape(text[row])}</td>""");
            }
            html.Append("</tr>\n");
        }
        html.Append("</tbody>\n</table>\n");
        if (Rest(view) is { } rest)
        {
            html.Append($"""<div style="padding:6px 12px 2px;font:12px Helvetica Neue,Helvetica,Arial,sans-serif;color:#656d76">{rest}</div>""").Append('\n');
        }
        return html.Append("</div>").ToString();
    }

    /// <summary>How many rows are not shown, or null where all are.</summary>
    public static string? Rest(TableView view) => view.Shown < view.Table.RowCount
        ? FormattableString.Invariant($"… {view.Table.RowCount - view.Shown:N0} more rows")
        : null;

    /// <summary>The side that a column's values stand on.</summary>
    public static string Side(Column column) => column is NumberColumn or IntegerColumn ? "right" : "left";
}
