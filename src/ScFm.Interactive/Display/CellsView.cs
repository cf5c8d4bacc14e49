using System.Text;
using MathNet.Numerics.Statistics;
using ScFm.Model.Cells;
using ScFm.Model.Tables;

namespace ScFm.Interactive.Display;

/// <summary>Shows what annotated cells hold, as Python's anndata does, with the median counts.</summary>
public static class CellsView
{
    private const int MostExamples = 6;

    /// <summary>The cells as an HTML fragment.</summary>
    public static string ToHtml(AnnData cells)
    {
        var html = new StringBuilder();
        html.Append("""<div class="scfm-cells" style="display:inline-block;background:#fff;color:#1f2328;border-radius:6px;padding:10px 16px;font:13px/1.5 Helvetica Neue,Helvetica,Arial,sans-serif">""").Append('\n');
        html.Append($"""<div style="font-weight:600;font-size:14px">{HtmlText.Escape(Size(cells))}</div>""").Append('\n');
        html.Append($"""<div style="color:#656d76;margin-bottom:6px">{HtmlText.Escape(Depth(cells))}</div>""").Append('\n');
        html.Append("""<table style="border-collapse:collapse;border:0;color:#1f2328;font-size:13px">""").Append('\n');
        foreach (var (part, name, what) in Parts(cells))
        {
            html.Append($"""<tr style="background:#fff"><td style="padding:2px 14px 2px 0;color:#656d76;text-align:left;border:0">{part}</td><td style="padding:2px 14px 2px 0;font-weight:600;text-align:left;border:0">{HtmlText.Escape(name)}</td><td style="padding:2px 0;text-align:left;border:0">{HtmlText.Escape(what)}</td></tr>""").Append('\n');
        }
        return html.Append("</table>\n</div>").ToString();
    }

    /// <summary>The cells as plain text.</summary>
    public static string ToText(AnnData cells)
    {
        var parts = Parts(cells).ToList();
        var width = parts.Select(part => part.Name.Length).DefaultIfEmpty(0).Max();
        var lines = parts.Select(part => $"    {part.Part,-7}{part.Name.PadRight(width)}  {part.What}".TrimEnd());
        return string.Join('\n', [Size(cells), Depth(cells), .. lines]);
    }

    private static string Size(AnnData cells) => FormattableString.Invariant($"{cells.CellCount:N0} cells × {cells.GeneCount:N0} genes");

    private static string Depth(AnnData cells)
    {
        if (cells.CellCount == 0)
        {
            return "no cells";
        }
        var sums = cells.X.RowSums().Median();
        var genes = Enumerable.Range(0, cells.CellCount).Select(cell => (double)cells.X.RowIndices(cell).Length).Median();
        var filled = 100.0 * cells.X.NonZeros / Math.Max(1, (double)cells.CellCount * cells.GeneCount);
        return FormattableString.Invariant($"a cell (median): sum {sums:#,##0.##}, {genes:N0} expressed genes; {filled:0.0}% of the matrix is not zero");
    }

    private static IEnumerable<(string Part, string Name, string What)> Parts(AnnData cells) =>
    [
        .. cells.Obs.Columns.Select((column, i) => (i == 0 ? "obs" : "", column.Name, Describe(column))),
        .. cells.Var.Columns.Select((column, i) => (i == 0 ? "var" : "", column.Name, Describe(column))),
        .. cells.Obsm.Select((entry, i) => (i == 0 ? "obsm" : "", entry.Key, FormattableString.Invariant($"{entry.Value.Rows:N0} × {entry.Value.Columns:N0}"))),
        .. cells.Layers.Select((entry, i) => (i == 0 ? "layers" : "", entry.Key, FormattableString.Invariant($"{entry.Value.NonZeros:N0} values"))),
        .. cells.Uns.Select((entry, i) => (i == 0 ? "uns" : "", entry.Key, entry.Value.GetType().Name)),
    ];

    /// <summary>What a column holds: its labels, its range, or an example.</summary>
    internal static string Describe(Column column) => column switch
    {
        CategoryColumn labels => FormattableString.Invariant($"{labels.Categories.Count:N0} labels: ")
            + string.Join(", ", labels.Categories.Take(MostExamples)) + (labels.Categories.Count > MostExamples ? ", …" : ""),
        NumberColumn numbers => numbers.Values.ToArray() is var values && values.Any(double.IsFinite)
            ? FormattableString.Invariant($"numbers {Short(values.Where(double.IsFinite).Min())} to {Short(values.Where(double.IsFinite).Max())}")
            : "numbers, none known",
        IntegerColumn { Length: > 0 } integers => FormattableString.Invariant($"whole numbers {integers.Values.ToArray().Min():N0} to {integers.Values.ToArray().Max():N0}"),
        BooleanColumn flags => FormattableString.Invariant($"yes or no: {flags.Values.ToArray().Count(flag => flag):N0} yes"),
        TextColumn { Length: > 0 } texts => $"text, such as {texts.Text(0)}",
        _ => "empty",
    };

    // Counts read as counts: 10,990 and not 1.099E+04.
    private static string Short(double value) => value.ToString(Math.Abs(value) is >= 1_000 and < 1e9 ? "N0" : "G4", System.Globalization.CultureInfo.InvariantCulture);
}
