using System.Text;
using ScFm.Interactive.Figures.Plotly;
using ScFm.Model.Files;

namespace ScFm.Interactive.Figures;

/// <summary>Writes a figure to a file, whole or not at all.</summary>
internal static class FigureFile
{
    /// <summary>Writes the figure as the ending of the path says.</summary>
    public static void Save(Figure figure, string path)
    {
        var content = Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".html" => Encoding.UTF8.GetBytes(Page(figure)),
            ".svg" => Encoding.UTF8.GetBytes(figure.ToSvg()),
            ".png" => figure.ToPng(),
            ".json" => Encoding.UTF8.GetBytes(figure.ToJson()),
            var other => throw new ArgumentException($"'{path}' ends in '{other}'; expected .html, .svg, .png or .json.", nameof(path)),
        };
        AtomicFile.Write(path, stream => stream.Write(content));
    }

    private static string Page(Figure figure) => $"""
        <!DOCTYPE html>
        <html lang="en"><head><meta charset="utf-8"><title>ScFm figure</title></head>
        <body style="margin:24px">
        {figure.ToHtml()}
        {PlotlyBundle.ScriptHtml}
        </body></html>
        """;
}
