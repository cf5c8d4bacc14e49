using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace ScFm.Kernel.Notebooks;

/// <summary>A notebook as one HTML page that needs nothing else: no network, no other file.</summary>
internal static class NotebookPage
{
    private const string Style = "ScFm.Kernel.page.css";

    /// <summary>Renders the cells with the outputs that they have.</summary>
    /// <param name="cells">Cells of the notebook.</param>
    /// <param name="path">File of the notebook; pictures are looked for beside it.</param>
    internal static string Render(JsonArray cells, string path)
    {
        var prose = new Prose(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var body = new StringBuilder();
        foreach (var cell in cells.OfType<JsonObject>())
        {
            body.Append((string?)cell["cell_type"] switch
            {
                "markdown" => $"<section class=\"cell prose\">\n{prose.ToHtml(cell)}</section>\n",
                "code" => Code(cell),
                _ => $"<section class=\"cell\"><pre>{WebUtility.HtmlEncode(NotebookFile.Text(cell["source"]))}</pre></section>\n",
            });
        }

        return $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{WebUtility.HtmlEncode(Title(cells) ?? Path.GetFileNameWithoutExtension(path))}</title>
            <style>
            {Resource(Style)}
            </style>
            </head>
            <body>
            <main>
            {body}
            <footer>{WebUtility.HtmlEncode(Path.GetFileName(path))}, run with ScFm {typeof(NotebookPage).Assembly.GetName().Version!.ToString(3)}.</footer>
            </main>
            </body>
            </html>

            """;
    }

    private static string Code(JsonObject cell)
    {
        var source = NotebookFile.Text(cell["source"]);
        if (source.Length == 0)
        {
            return "";
        }

        var number = (int?)cell["execution_count"] is { } count ? $"<span class=\"number\">[{count}]</span>" : "";
        return $"<section class=\"cell\">{number}<div class=\"code\"><pre>{CodeColours.ToHtml(source)}</pre></div>\n{OutputHtml.ToHtml(cell["outputs"] as JsonArray)}</section>\n";
    }

    /// <summary>The first heading of the notebook.</summary>
    private static string? Title(JsonArray cells) => cells
        .Where(cell => (string?)cell?["cell_type"] == "markdown")
        .SelectMany(cell => NotebookFile.Text(cell!["source"]).Split('\n'))
        .FirstOrDefault(line => line.StartsWith("# ", StringComparison.Ordinal))?[2..].Trim();

    private static string Resource(string name)
    {
        using var reader = new StreamReader(typeof(NotebookPage).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"The resource {name} is missing from the build."));
        return reader.ReadToEnd();
    }
}
