using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using ScFm.Model.Tables;

namespace ScFm.Interactive.Figures.Plotly;

/// <summary>Writes a figure as an HTML fragment.</summary>
/// <remarks>
/// The picture is an img element with an SVG inside its address: viewers that drop scripts and inline SVG (untrusted notebooks, web viewers) still show it,
/// and its styles touch nothing else on the page. The script draws with plotly if the page has it; otherwise it leaves its drawing function in
/// <c>window.scfmFigures</c>, where plotly's loader finds it, and looks once more when the page has loaded.
/// </remarks>
internal static class FigureHtml
{
    /// <summary>JavaScript that draws all waiting figures and lets later ones draw at once.</summary>
    public const string UpgradeWaiting = """
        (function () {
          var waiting = window.scfmFigures || [];
          window.scfmFigures = { push: function (draw) { draw(); } };
          for (var i = 0; i < waiting.length; i++) waiting[i]();
        })();
        """;

    /// <summary>The fragment.</summary>
    /// <param name="figure">The figure.</param>
    /// <param name="json">Its plotly JSON.</param>
    /// <param name="svg">Its static picture.</param>
    public static string Fragment(Figure figure, string json, string svg)
    {
        var id = Id(json);
        var picture = Convert.ToBase64String(Encoding.UTF8.GetBytes(svg));
        return $$"""
            <div class="scfm-figure" data-scfm="{{id}}" style="background:#fff;border-radius:6px;width:{{figure.Width}}px;max-width:100%;overflow-x:auto">
            <img alt="{{HtmlText.Escape(figure.ToString())}}" width="{{figure.Width}}" style="display:block;max-width:100%;height:auto" src="data:image/svg+xml;base64,{{picture}}">
            </div>
            <script>
            (function () {
              var figure = {{json}};
              function draw() {
                var places = document.querySelectorAll('[data-scfm="{{id}}"]');
                for (var i = 0; i < places.length; i++) (function (place) {
                  if (!window.Plotly || place.getAttribute("data-drawn")) return;
                  place.setAttribute("data-drawn", "yes");
                  var plot = document.createElement("div");
                  place.appendChild(plot);
                  plot.style.display = "none";
                  var copy = JSON.parse(JSON.stringify(figure));
                  // Where nothing can hover (touch, printing), the buttons would lie on the title for good.
                  if (!window.matchMedia("(hover: hover)").matches) copy.config.displayModeBar = false;
                  plot.style.display = "";
                  Plotly.newPlot(plot, copy.data, copy.layout, copy.config).then(
                    function () { place.querySelector("img").style.display = "none"; },
                    function () { place.removeChild(plot); });
                })(places[i]);
              }
              if (window.Plotly) draw();
              else {
                (window.scfmFigures = window.scfmFigures || []).push(draw);
                if (document.readyState !== "complete") window.addEventListener("load", draw);
              }
            })();
            </script>
            """;
    }

    // The content's own hash: the same figure gives the same HTML every time, and two that are equal may share a name.
    private static string Id(string json) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(json)).AsSpan(0, 9));
}
