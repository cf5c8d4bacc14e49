using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ScFm.Interactive.Figures;
using ScFm.Interactive.Figures.Plotly;
using ScFm.Interactive.Hosting;
using ScFm.Model.Files;
using ScFm.Model.Tables;
using ScFm.Model.Tasks;

namespace ScFm.Interactive.Display;

/// <summary>A study as two files: a page to read and JSON to compute with, both with all that is needed to repeat it.</summary>
/// <param name="Title">What was studied.</param>
/// <param name="About">Data, split, hyper-parameters and seeds, in words.</param>
/// <param name="Findings">What the numbers say, one sentence each.</param>
/// <param name="Figures">The figures.</param>
/// <param name="Table">The scores.</param>
/// <param name="Outcomes">Every single result.</param>
internal sealed record StudyReport(
    string Title, IReadOnlyList<(string Name, string Value)> About, IReadOnlyList<string> Findings, IReadOnlyList<Figure> Figures, Table Table, object Outcomes)
{
    private const string Style = """
        body { max-width: 1000px; margin: 40px auto; padding: 0 20px; color: #1d2733; font: 15px/1.5 Inter, "Segoe UI", Roboto, Arial, sans-serif; }
        h2 { margin-top: 2em; } li { margin: 0.3em 0; }
        dt { font-weight: 600; } dd { margin: 0 0 0.6em 0; color: #5c6b7a; overflow-wrap: anywhere; }
        """;

    /// <summary>What the scores' table means. Default: intervals over seeds.</summary>
    public string Note { get; init; } = "Mean ± half of the 95% confidence interval over seeds (Student's t).";

    /// <summary>Further questions with their answers. Default: none.</summary>
    public IReadOnlyList<(string Title, string Text, Table Table)> Sections { get; init; } = [];

    /// <summary>The plan that gives the same study again. Default: none, it stands among the words.</summary>
    public JsonNode? Plan { get; init; }

    /// <summary>Writes NAME.html and NAME.json into a folder, whole or not at all.</summary>
    /// <returns>The path of the page.</returns>
    public string Save(string folder, string name)
    {
        AtomicFile.WriteText(Path.Combine(folder, name + ".json"), ToJson());
        var page = Path.Combine(folder, name + ".html");
        AtomicFile.WriteText(page, ToPage());
        return page;
    }

    internal string ToJson()
    {
        var json = JsonSerializer.SerializeToNode(
            new { title = Title, about = About.GroupBy(line => line.Name, line => line.Value).ToDictionary(lines => lines.Key, lines => string.Join(" ", lines)), findings = Findings, outcomes = Outcomes, sections = Sections.Select(Readable) }, ResultStore.Json)!;
        if (Plan is not null)
        {
            json["plan"] = Plan.DeepClone();
        }
        return json.ToJsonString(ResultStore.Json);
    }

    private static object Readable((string Title, string Text, Table Table) section) => new
    {
        title = section.Title,
        text = section.Text,
        columns = section.Table.Columns.ToDictionary(column => column.Name, column => Enumerable.Range(0, column.Length).Select(column.Text)),
    };

    private string ToPage()
    {
        var page = new StringBuilder();
        page.AppendLine($"<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{HtmlText.Escape(Title)}</title><style>{Style}</style></head><body>");
        page.AppendLine($"<h1>{HtmlText.Escape(Title)}</h1>");
        page.AppendLine("<h2>What the numbers say</h2><ul>");
        foreach (var finding in Findings)
        {
            page.AppendLine($"<li>{HtmlText.Escape(finding)}</li>");
        }
        page.AppendLine("</ul><h2>Scores</h2>");
        foreach (var figure in Figures)
        {
            page.AppendLine(figure.ToHtml());
        }
        page.AppendLine(Table.WholeView().ToHtml());
        page.AppendLine($"<p>{HtmlText.Escape(Note)}</p>");
        foreach (var (title, text, table) in Sections)
        {
            page.AppendLine($"<h2>{HtmlText.Escape(title)}</h2><p>{HtmlText.Escape(text)}</p>{table.WholeView().ToHtml()}");
        }
        page.AppendLine("<h2>How it was done</h2>");
        page.AppendLine("<dl>");
        foreach (var (name, value) in About)
        {
            page.AppendLine($"<dt>{HtmlText.Escape(name)}</dt><dd>{HtmlText.Escape(value)}</dd>");
        }
        page.AppendLine("</dl>");
        if (Plan is not null)
        {
            page.AppendLine($"<details><summary>The plan</summary><pre>{HtmlText.Escape(Plan.ToJsonString(ResultStore.Json))}</pre></details>");
        }
        page.AppendLine(PlotlyBundle.ScriptHtml).AppendLine("</body></html>");
        return page.ToString();
    }
}
