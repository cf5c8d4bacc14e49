using System.Text.Json.Nodes;
using ScFm.Interactive.Figures.Drawing;
using ScFm.Interactive.Figures.Marks;

namespace ScFm.Interactive.Figures.Plotly;

/// <summary>Writes a figure as plotly JSON with the same pixels as the static picture (plotly.js figure reference).</summary>
internal static class PlotlyFigure
{
    /// <summary>The figure as an object with data, layout and config.</summary>
    public static JsonObject From(Figure figure)
    {
        var data = new JsonArray();
        var layout = PlotlyLayout.Base(figure);
        var frames = FigureLayout.Arrange(figure);
        for (var i = 0; i < frames.Count; i++)
        {
            var suffix = i == 0 ? "" : $"{i + 1}";
            PlotlyLayout.AddPanel(layout, figure, frames[i], suffix);
            foreach (var mark in frames[i].Panel.Marks)
            {
                if (PlotlyTrace.From(figure, frames[i], mark) is { } trace)
                {
                    (trace["xaxis"], trace["yaxis"]) = ("x" + suffix, "y" + suffix);
                    trace["legend"] = "legend" + suffix;
                    data.Add(trace);
                }
            }
        }
        return new JsonObject
        {
            ["data"] = data,
            ["layout"] = layout,
            ["config"] = new JsonObject { ["displaylogo"] = false, ["responsive"] = false },
        };
    }
}
