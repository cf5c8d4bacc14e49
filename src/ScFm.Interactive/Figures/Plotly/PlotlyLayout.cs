using System.Text.Json.Nodes;
using ScFm.Interactive.Figures.Drawing;
using ScFm.Interactive.Figures.Marks;

namespace ScFm.Interactive.Figures.Plotly;

/// <summary>Writes axes, titles, legends, bands and texts into a plotly layout.</summary>
internal static class PlotlyLayout
{
    private const string Ink = "#2b2b2b";

    /// <summary>The layout of a figure before its panels.</summary>
    public static JsonObject Base(Figure figure)
    {
        var annotations = new JsonArray();
        if (figure.Title is { } title)
        {
            annotations.Add(Annotation(PlotlyText.Bold(title), 16, 14.0 / figure.Width, 1 - 25.0 / figure.Height, "left", "bottom", yShift: -4));
        }
        return new JsonObject
        {
            ["width"] = figure.Width,
            ["height"] = figure.Height,
            ["margin"] = new JsonObject { ["l"] = 0, ["r"] = 0, ["t"] = 0, ["b"] = 0 },
            ["paper_bgcolor"] = "#ffffff",
            ["plot_bgcolor"] = "#ffffff",
            ["font"] = new JsonObject { ["family"] = TextMetrics.Fonts, ["size"] = FigureLayout.TextSize, ["color"] = Ink },
            ["hovermode"] = "closest",
            ["annotations"] = annotations,
            ["shapes"] = new JsonArray(),
        };
    }

    /// <summary>Adds one panel.</summary>
    /// <param name="layout">The layout to add to.</param>
    /// <param name="figure">The figure.</param>
    /// <param name="frame">The panel in pixels.</param>
    /// <param name="suffix">What plotly appends to the names of this panel's axes: nothing, 2, 3, ...</param>
    public static void AddPanel(JsonObject layout, Figure figure, PanelFrame frame, string suffix)
    {
        var (plot, panel, annotations) = (frame.Plot, frame.Panel, layout["annotations"]!.AsArray());
        double AcrossX(double pixel) => pixel / figure.Width;
        double UpY(double pixel) => 1 - pixel / figure.Height;

        layout["xaxis" + suffix] = AxisOf(panel.X, frame.X.Range, frame.XTicks, (AcrossX(plot.Left), AcrossX(plot.Right)), "y" + suffix, frame.XNamesSlanted ? -45 : 0);
        layout["yaxis" + suffix] = AxisOf(panel.Y, frame.Y.Range, frame.YTicks, (UpY(plot.Bottom), UpY(plot.Top)), "x" + suffix, null);
        layout["legend" + suffix] = new JsonObject
        {
            ["x"] = PlotlyNumbers.Of(AcrossX(plot.Right + FigureLayout.LegendGap - 6)),
            ["y"] = PlotlyNumbers.Of(UpY(plot.Top)),
            ["xanchor"] = "left",
            ["yanchor"] = "top",
            ["itemsizing"] = "constant",
            ["bgcolor"] = "rgba(0,0,0,0)",
        };
        if (panel.Title is { } title)
        {
            var fitted = TextMetrics.Fit(title, FigureLayout.TitleSize, frame.Cell.Right - plot.Left);
            annotations.Add(Annotation(PlotlyText.Bold(fitted), FigureLayout.TitleSize, AcrossX(plot.Left), UpY(plot.Top - 11), "left", "bottom", yShift: -4));
        }
        if (panel.X.Title is { } titleX)
        {
            annotations.Add(Annotation(PlotlyText.Plain(titleX), FigureLayout.AxisTitleSize, AcrossX((plot.Left + plot.Right) / 2), UpY(frame.Cell.Bottom - 14), "center", "bottom", yShift: -4));
        }
        if (panel.Y.Title is { } titleY)
        {
            var turned = Annotation(PlotlyText.Plain(titleY), FigureLayout.AxisTitleSize, AcrossX(frame.Cell.Left + 12), UpY((plot.Top + plot.Bottom) / 2), "left", "middle");
            turned["textangle"] = -90;
            annotations.Add(turned);
        }
        if (frame.ColourBar?.Title is { } barTitle)
        {
            annotations.Add(Annotation(PlotlyText.Plain(barTitle), FigureLayout.TextSize, AcrossX(frame.Cell.Right - 12), UpY(plot.Top + 4), "right", "bottom", yShift: -4));
        }
        AddTexts(annotations, panel, suffix);
        AddBands(layout, frame, suffix);
        AddDiscs(layout["shapes"]!.AsArray(), panel, suffix);
    }

    private static JsonObject AxisOf(Axis axis, (double, double) range, Ticks ticks, (double From, double To) domain, string anchor, int? nameAngle)
    {
        var json = new JsonObject
        {
            ["domain"] = PlotlyNumbers.Array([domain.From, domain.To]),
            ["anchor"] = anchor,
            ["range"] = PlotlyNumbers.Range(range, axis.Reversed),
            ["showgrid"] = axis is { ShowGrid: true, Categories: null },
            ["gridcolor"] = "#e8e8e8",
            ["zeroline"] = false,
            ["showline"] = axis.ShowLine,
            ["linecolor"] = Ink,
            ["ticks"] = ticks.Values.Count > 0 ? "outside" : "",
            ["ticklen"] = 4,
            ["tickcolor"] = Ink,
            ["showticklabels"] = ticks.Values.Count > 0,
            ["separatethousands"] = true,
        };
        if (axis.Logarithmic)
        {
            json["type"] = "log";
        }
        if (axis.Categories is not null || axis.CellNames is not null || axis.Logarithmic)
        {
            json["tickvals"] = PlotlyNumbers.Array(ticks.Values);
            json["ticktext"] = new JsonArray([.. ticks.Labels.Select(label => (JsonNode)PlotlyText.Plain(label))]);
        }
        else
        {
            json["nticks"] = Math.Max(3, ticks.Values.Count + 1);
        }
        if (nameAngle is { } angle)
        {
            json["tickangle"] = angle;
        }
        return json;
    }

    private static void AddTexts(JsonArray annotations, Panel panel, string suffix)
    {
        foreach (var texts in panel.Marks.OfType<Texts>())
        {
            for (var i = 0; i < texts.Labels.Count; i++)
            {
                var annotation = Annotation(PlotlyText.Bold(texts.Labels[i]), FigureLayout.TextSize, texts.X[i], texts.Y[i], "center", "middle");
                (annotation["xref"], annotation["yref"]) = ("x" + suffix, "y" + suffix);
                annotation["font"]!["shadow"] = "0 0 2px #fff, 0 0 2px #fff, 0 0 3px #fff, 0 0 3px #fff";
                annotations.Add(annotation);
            }
        }
    }

    private static void AddBands(JsonObject layout, PanelFrame frame, string suffix)
    {
        foreach (var band in frame.Panel.Y.Bands ?? [])
        {
            layout["shapes"]!.AsArray().Add(new JsonObject
            {
                ["type"] = "rect",
                ["xref"] = $"x{suffix} domain",
                ["yref"] = "y" + suffix,
                ["x0"] = PlotlyNumbers.Of(-(FigureLayout.BandWidth + 3) / frame.Plot.Width),
                ["x1"] = PlotlyNumbers.Of(-3 / frame.Plot.Width),
                ["y0"] = PlotlyNumbers.Of(band.From),
                ["y1"] = PlotlyNumbers.Of(band.To),
                ["fillcolor"] = band.Colour.ToString(),
                ["line"] = new JsonObject { ["width"] = 0 },
            });
            var label = Annotation(
                PlotlyText.Plain(TextMetrics.Fit(band.Label, FigureLayout.TextSize, frame.Cell.Width * FigureLayout.MostNames)), FigureLayout.TextSize, 0, (band.From + band.To) / 2, "right", "middle");
            (label["xref"], label["yref"], label["xshift"]) = ($"x{suffix} domain", "y" + suffix, -(FigureLayout.BandWidth + 7));
            layout["annotations"]!.AsArray().Add(label);
        }
    }

    private static void AddDiscs(JsonArray shapes, Panel panel, string suffix)
    {
        foreach (var discs in panel.Marks.OfType<Discs>())
        {
            for (var i = 0; i < discs.X.Count; i++)
            {
                shapes.Add(new JsonObject
                {
                    ["type"] = "circle",
                    ["xref"] = "x" + suffix,
                    ["yref"] = "y" + suffix,
                    ["x0"] = PlotlyNumbers.Of(discs.X[i] - discs.Radius),
                    ["x1"] = PlotlyNumbers.Of(discs.X[i] + discs.Radius),
                    ["y0"] = PlotlyNumbers.Of(discs.Y[i] - discs.Radius),
                    ["y1"] = PlotlyNumbers.Of(discs.Y[i] + discs.Radius),
                    ["fillcolor"] = discs.Colours[i].WithOpacity(Discs.Opacity),
                    ["line"] = new JsonObject { ["color"] = discs.Colours[i].ToString(), ["width"] = 1 },
                });
            }
        }
    }

    private static JsonObject Annotation(string text, double size, double x, double y, string xAnchor, string yAnchor, double yShift = 0) => new()
    {
        ["text"] = text,
        ["font"] = new JsonObject { ["size"] = size },
        ["x"] = PlotlyNumbers.Of(x),
        ["y"] = PlotlyNumbers.Of(y),
        ["xref"] = "paper",
        ["yref"] = "paper",
        ["xanchor"] = xAnchor,
        ["yanchor"] = yAnchor,
        ["yshift"] = yShift,
        ["showarrow"] = false,
    };
}
