using ScFm.Model.Tables;
using TorchSharp;

namespace ScFm.Interactive.Display;

/// <summary>Shows a model as sentences, some with a table below them.</summary>
internal static class ModelView
{
    /// <summary>The parts as an HTML fragment.</summary>
    public static string ToHtml(IEnumerable<(string Sentence, TableView? Table)> parts) =>
        string.Join('\n', parts.Select(part => $"<p style=\"margin:8px 0 4px\">{HtmlText.Escape(part.Sentence)}</p>\n{part.Table?.ToHtml()}"));

    /// <summary>The parts as plain text.</summary>
    public static string ToText(IEnumerable<(string Sentence, TableView? Table)> parts) =>
        string.Join("\n\n", parts.Select(part => $"{part.Sentence}\n{part.Table}".TrimEnd()));

    /// <summary>How many parameters each part of a module has.</summary>
    /// <param name="module">The module.</param>
    /// <param name="partOf">The name of the part that a field of the module belongs to.</param>
    public static TableView Parameters(torch.nn.Module module, Func<string, string> partOf)
    {
        var parts = module.named_parameters().GroupBy(p => partOf(p.name.Split('.')[0])).Select(part => (part.Key, Count: part.Sum(p => p.parameter.numel()))).ToArray();
        return new Table(
            new TextColumn("part", [.. parts.Select(part => part.Key), "all"]),
            new IntegerColumn("parameters", [.. parts.Select(part => part.Count), parts.Sum(part => part.Count)])).View();
    }
}
