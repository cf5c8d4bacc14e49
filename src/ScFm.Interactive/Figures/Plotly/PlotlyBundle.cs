using System.Reflection;

namespace ScFm.Interactive.Figures.Plotly;

/// <summary>The plotly.js that this assembly carries: about 4.9 MB, never fetched from a network.</summary>
public static class PlotlyBundle
{
    private const string Resource = "ScFm.Interactive.plotly.min.js";
    private static readonly Lazy<string> script = new(Read);

    /// <summary>The JavaScript of plotly.js as published.</summary>
    public static string Script => script.Value;

    /// <summary>An HTML fragment that defines <c>window.Plotly</c> and makes every figure of the page interactive, those that come later included; showing it twice does no harm.</summary>
    /// <remarks>The bundle runs where <c>define</c>, <c>module</c> and <c>exports</c> are not defined, so that a page with require.js (Notebook 6) gets it too.</remarks>
    public static string ScriptHtml => $$"""
        <script>
        if (!window.Plotly) (function (define, module, exports) {
        {{Script}}
        }).call(window);
        {{FigureHtml.UpgradeWaiting}}
        </script>
        """;

    private static string Read()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"ScFm.Interactive.dll carries no {Resource}; it was built without plotly.js.");
        using var reader = new StreamReader(stream);
        // A script element ends at the first of these, even inside a string.
        return reader.ReadToEnd().Replace("</script", "<\\/script").Replace("<!--", "<\\!--");
    }
}
