using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Markdig;

namespace ScFm.Kernel.Notebooks;

/// <summary>The outputs of a cell as HTML: of each, the richest form that a page can show.</summary>
internal static class OutputHtml
{
    internal static string ToHtml(JsonArray? outputs)
    {
        var html = new StringBuilder();
        foreach (var output in outputs?.OfType<JsonObject>() ?? [])
        {
            html.Append((string?)output["output_type"] switch
            {
                "stream" => Block((string?)output["name"] == "stderr" ? "stderr" : "stdout", NotebookFile.Text(output["text"])),
                "error" => Block("error", string.Join('\n', (output["traceback"] as JsonArray)?.Select(line => (string?)line) ?? [])),
                _ => $"<div class=\"output\">{Rich(output["data"] as JsonObject ?? [])}</div>\n",
            });
        }

        return html.ToString();
    }

    private static string Block(string style, string text) => $"<div class=\"output {style}\"><pre>{AnsiText.ToHtml(text.TrimEnd('\n'))}</pre></div>\n";

    private static string Rich(JsonObject data)
    {
        string? Text(string mime) => data[mime] is { } value and not JsonObject ? NotebookFile.Text(value) : null;

        return Text("text/html")
            ?? Text("image/svg+xml")
            ?? (Text("image/png") is { } png ? $"<img alt=\"\" src=\"data:image/png;base64,{WebUtility.HtmlEncode(png)}\">" : null)
            ?? (Text("image/jpeg") is { } jpeg ? $"<img alt=\"\" src=\"data:image/jpeg;base64,{WebUtility.HtmlEncode(jpeg)}\">" : null)
            ?? (Text("text/markdown") is { } markdown ? Markdown.ToHtml(markdown) : null)
            ?? $"<pre>{AnsiText.ToHtml(Text("text/plain") ?? "")}</pre>";
    }
}
