using System.Text.Json.Nodes;
using Markdig;
using Markdig.Renderers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace ScFm.Kernel.Notebooks;

/// <summary>Markdown cells as HTML, with their pictures inside the page.</summary>
/// <param name="folder">Where the notebook's relative paths start.</param>
internal sealed class Prose(string folder)
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UseAdvancedExtensions().Build();

    internal string ToHtml(JsonObject cell)
    {
        var document = Markdown.Parse(NotebookFile.Text(cell["source"]), Pipeline);
        foreach (var image in document.Descendants<LinkInline>().Where(link => link.IsImage))
        {
            image.Url = Embed(image.Url ?? "", cell["attachments"] as JsonObject) ?? image.Url;
        }

        using var writer = new StringWriter();
        var renderer = new HtmlRenderer(writer);
        Pipeline.Setup(renderer);
        renderer.Render(document);
        return writer.ToString();
    }

    /// <summary>The picture as a data address; null when it is not at hand.</summary>
    private string? Embed(string address, JsonObject? attachments)
    {
        const string attachment = "attachment:";
        if (address.StartsWith(attachment, StringComparison.Ordinal))
        {
            return attachments?[Uri.UnescapeDataString(address[attachment.Length..])] is JsonObject { Count: > 0 } file && file.First() is var (mime, data)
                ? $"data:{mime};base64,{NotebookFile.Text(data)}"
                : null;
        }

        var path = Path.Combine(folder, Uri.UnescapeDataString(address));
        var type = Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".png" => "image/png",
            ".jpg" or ".jpeg" => "image/jpeg",
            ".gif" => "image/gif",
            ".svg" => "image/svg+xml",
            _ => null,
        };
        return type is not null && !address.Contains("://", StringComparison.Ordinal) && File.Exists(path)
            ? $"data:{type};base64,{Convert.ToBase64String(File.ReadAllBytes(path))}"
            : null;
    }
}
