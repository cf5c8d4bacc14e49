using System.IO.Compression;
using System.Reflection;
using ScFm.Interactive.Hosting;

namespace ScFm.Interactive.Figures.Plotly;

/// <summary>The plotly.js that this assembly carries; it is never fetched from a network.</summary>
public static class PlotlyBundle
{
    private const string Resource = "ScFm.Interactive.plotly.min.js";
    private static readonly Lazy<string> loader = new(Loader);

    /// <summary>The JavaScript of plotly.js as published, 4.9 MB.</summary>
    public static string Script
    {
        get
        {
            using var reader = new StreamReader(Open());
            return reader.ReadToEnd();
        }
    }

    /// <summary>An HTML fragment of 2 MB that defines <c>window.Plotly</c> and makes every figure of the page interactive, those that come later included; showing it twice does no harm.</summary>
    /// <remarks>
    /// The bundle is unpacked by the browser (DecompressionStream, in all browsers since 2023; older ones keep the static pictures), since it is stored in each notebook.
    /// It runs where <c>define</c>, <c>module</c> and <c>exports</c> are not defined, so that a page with require.js (Notebook 6) gets it too.
    /// </remarks>
    public static string ScriptHtml => loader.Value;

    /// <summary><see cref="ScriptHtml"/> as something that a host can display, once a notebook and before or after its figures.</summary>
    public static MimeBundle Bundle => new(new Dictionary<string, object>
    {
        ["text/html"] = ScriptHtml,
        ["text/plain"] = "plotly.js is loaded: figures are interactive.",
    });

    private static string Loader()
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        using (var script = Open())
        {
            script.CopyTo(gzip);
        }
        return $$"""
            <script>
            (function () {
              function ready() {
                {{FigureHtml.UpgradeWaiting}}
              }
              if (window.Plotly) return ready();
              if (window.scfmPlotly || !window.DecompressionStream) return;
              window.scfmPlotly = "loading";
              var packed = Uint8Array.from(atob("{{Convert.ToBase64String(packed.GetBuffer(), 0, (int)packed.Length)}}"), function (c) { return c.charCodeAt(0); });
              new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"))).text().then(function (source) {
                var script = document.createElement("script");
                script.text = "(function (define, module, exports) {" + source + "\n}).call(window);";
                document.head.appendChild(script);
                ready();
              });
            })();
            </script>
            """;
    }

    private static Stream Open() => Assembly.GetExecutingAssembly().GetManifestResourceStream(Resource)
        ?? throw new InvalidOperationException($"ScFm.Interactive.dll carries no {Resource}; it was built without plotly.js.");
}
