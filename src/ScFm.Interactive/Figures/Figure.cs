using ScFm.Interactive.Figures.Drawing;
using ScFm.Interactive.Figures.Plotly;
using ScFm.Model.Display;

namespace ScFm.Interactive.Figures;

/// <summary>An immutable picture of one or more panels, which knows no notebook: it gives itself as HTML, SVG, PNG, plotly JSON or text.</summary>
/// <example><code>Plots.Embedding(cells, "cell_type").Save("umap.svg");</code></example>
[TypeFormatterSource(typeof(HtmlFormatterSource))]
public sealed record Figure : IHtml
{
    /// <summary>Points in one panel up to which they are drawn one by one; above, as a raster and with WebGL: 5,000.</summary>
    public const int LargeScatter = 5_000;

    /// <summary>Makes a figure of panels that stand side by side.</summary>
    public Figure(params IEnumerable<Panel> panels)
    {
        Panels = [.. panels];
        Columns = Math.Max(1, Panels.Count);
    }

    /// <summary>The panels, row after row.</summary>
    public IReadOnlyList<Panel> Panels { get; init; }

    /// <summary>Panels in a row. Default: all of them.</summary>
    public int Columns { get; init; }

    /// <summary>What stands above all panels. Default: nothing.</summary>
    public string? Title { get; init; }

    /// <summary>Width in pixels. Default: 640.</summary>
    public int Width { get; init; } = 640;

    /// <summary>Height in pixels. Default: 420.</summary>
    public int Height { get; init; } = 420;

    /// <summary>A self-contained HTML fragment: a picture that shows everywhere, replaced by an interactive one where plotly is on the page.</summary>
    public string ToHtml() => FigureHtml.Fragment(this, ToJson(), ToSvg());

    /// <summary>The figure as plotly JSON (data, layout, config), safe inside a script element.</summary>
    public string ToJson() => PlotlyFigure.From(this).ToJsonString();

    /// <summary>The figure as a stand-alone SVG picture.</summary>
    public string ToSvg() => SvgFigure.Draw(this);

    /// <summary>The figure as a PNG picture, drawn from <see cref="ToSvg"/> by rsvg-convert or chromium, whichever is installed.</summary>
    /// <param name="scale">Pixels of the picture a pixel of the figure, 1 to 8. Default: 2.</param>
    /// <exception cref="InvalidOperationException">Neither program is installed.</exception>
    public byte[] ToPng(double scale = 2) => PngFigure.Draw(this, scale);

    /// <summary>Writes the figure to a file, as its ending says: .html, .svg, .png or .json.</summary>
    /// <exception cref="ArgumentException">The ending is another.</exception>
    public void Save(string path) => FigureFile.Save(this, path);

    /// <summary>What the figure shows, in words.</summary>
    public override string ToString() => FigureSummary.Of(this);
}
