using System.Text.Json.Nodes;
using ScFm.Interactive.Figures.Drawing;
using ScFm.Interactive.Figures.Marks;

namespace ScFm.Interactive.Figures.Plotly;

/// <summary>Writes a mark as a plotly trace.</summary>
internal static class PlotlyTrace
{
    /// <summary>The trace of a mark; null for texts and discs, which are annotations and shapes of the layout.</summary>
    public static JsonObject? From(Figure figure, PanelFrame frame, Mark mark)
    {
        var trace = mark switch
        {
            Points points => OfPoints(figure, frame, points),
            Line line => OfLine(line),
            Bars bars => OfBars(frame, bars),
            Boxes boxes => OfBoxes(frame, boxes),
            HeatMap map => OfHeatMap(figure, frame, map),
            _ => null,
        };
        if (trace is not null && mark is not HeatMap)
        {
            trace["showlegend"] = frame.Panel.Legend.Contains(mark);
            trace["name"] = PlotlyText.Plain(mark.Name);
            // Plotly's own default rank is 1000; the panel's order of names decides here.
            trace["legendrank"] = 1000 + frame.Panel.Legend.ToList().IndexOf(mark);
        }
        return trace;
    }

    private static JsonObject OfPoints(Figure figure, PanelFrame frame, Points points)
    {
        var marker = new JsonObject { ["size"] = points.Size, ["opacity"] = points.Opacity, ["line"] = new JsonObject { ["width"] = 0 } };
        var order = Enumerable.Range(0, points.X.Count).ToArray();
        if (points.Values is { } values)
        {
            order = [.. SvgMarks.ByColour(points).SelectMany(step => step.Members)];
            marker["color"] = PlotlyNumbers.Array(order.Select(i => values[i]), PlotlyNumbers.Coordinate);
            AddScale(marker, figure, frame, points.Scale, points.ValueRange, points.ScaleTitle);
        }
        else
        {
            marker["color"] = points.Colour.ToString();
        }
        return new JsonObject
        {
            ["type"] = frame.RasterPoints ? "scattergl" : "scatter",
            ["mode"] = "markers",
            ["x"] = PlotlyNumbers.Array(order.Select(i => points.X[i]), PlotlyNumbers.Coordinate),
            ["y"] = PlotlyNumbers.Array(order.Select(i => points.Y[i]), PlotlyNumbers.Coordinate),
            ["marker"] = marker,
            ["hovertemplate"] = points.Values is null
                ? $"{PlotlyText.Plain(points.Name)}<br>%{{x}}, %{{y}}<extra></extra>"
                : $"{PlotlyText.Plain(points.ScaleTitle)} %{{marker.color:.4~g}}<br>%{{x}}, %{{y}}<extra></extra>",
        };
    }

    private static JsonObject OfLine(Line line) => new()
    {
        ["type"] = "scatter",
        ["mode"] = line.Dots ? "lines+markers" : "lines",
        ["x"] = PlotlyNumbers.Array(line.X),
        ["y"] = PlotlyNumbers.Array(line.Y),
        ["opacity"] = line.Opacity,
        ["line"] = new JsonObject { ["color"] = line.Colour.ToString(), ["width"] = line.Width, ["dash"] = line.Dashed ? "dash" : "solid" },
        ["marker"] = new JsonObject { ["color"] = line.Colour.ToString(), ["size"] = 6 },
    };

    private static JsonObject OfBars(PanelFrame frame, Bars bars)
    {
        var horizontal = frame.Panel.Y.Categories is not null;
        var (offset, width) = frame.BarPlace(bars);
        var places = PlotlyNumbers.Array(Enumerable.Range(0, bars.Values.Count).Select(i => (double)i));
        var values = PlotlyNumbers.Array(bars.Values);
        var trace = new JsonObject
        {
            ["type"] = "bar",
            ["orientation"] = horizontal ? "h" : "v",
            ["x"] = horizontal ? values : places,
            ["y"] = horizontal ? places : values,
            ["offset"] = offset,
            ["width"] = width,
            ["marker"] = new JsonObject { ["color"] = bars.Colour.ToString() },
            ["hovertemplate"] = horizontal ? "%{y}: %{x}<extra></extra>" : "%{x}: %{y}<extra></extra>",
        };
        if (bars.Errors is { } errors)
        {
            trace[horizontal ? "error_x" : "error_y"] = new JsonObject
            {
                ["type"] = "data",
                ["array"] = PlotlyNumbers.Array(errors),
                ["color"] = "#2b2b2b",
                ["thickness"] = 1,
                ["width"] = 3,
            };
        }
        if (bars.ShowValues)
        {
            trace["text"] = new JsonArray([.. bars.Values.Select(value => (JsonNode)(double.IsFinite(value) ? BarText.Of(value) : ""))]);
            trace["textposition"] = "outside";
            trace["cliponaxis"] = false;
            trace["textfont"] = new JsonObject { ["size"] = 11 };
        }
        return trace;
    }

    // Plotly draws boxes from their numbers; of a spread it needs no values.
    private static JsonObject OfBoxes(PanelFrame frame, Boxes boxes)
    {
        var (offset, width) = frame.BarPlace(boxes);
        int[] shown = [.. Enumerable.Range(0, boxes.Values.Count).Where(i => double.IsFinite(boxes.Values[i].Median))];
        JsonArray Of(Func<Model.Metrics.Spread, double> value) => PlotlyNumbers.Array(shown.Select(i => value(boxes.Values[i])));
        return new JsonObject
        {
            ["type"] = "box",
            ["x"] = PlotlyNumbers.Array(shown.Select(i => i + offset + width / 2)),
            ["lowerfence"] = Of(spread => spread.Low),
            ["q1"] = Of(spread => spread.Lower),
            ["median"] = Of(spread => spread.Median),
            ["q3"] = Of(spread => spread.Upper),
            ["upperfence"] = Of(spread => spread.High),
            ["width"] = width,
            ["whiskerwidth"] = 0,
            ["fillcolor"] = boxes.Colour.WithOpacity(SvgMarks.BoxOpacity),
            ["line"] = new JsonObject { ["color"] = boxes.Colour.ToString(), ["width"] = 1 },
        };
    }

    private static JsonObject OfHeatMap(Figure figure, PanelFrame frame, HeatMap map)
    {
        var rows = Enumerable.Range(0, map.Rows).Select(row => (JsonNode)PlotlyNumbers.Array(
            Enumerable.Range(0, map.Columns).Select(column => (double)map.Values[row * map.Columns + column]), PlotlyNumbers.ColourValue));
        var trace = new JsonObject
        {
            ["type"] = "heatmap",
            ["z"] = new JsonArray([.. rows]),
            // Cell 0 lies between 0 and 1, as in the static picture.
            ["x0"] = 0.5,
            ["dx"] = 1,
            ["y0"] = 0.5,
            ["dy"] = 1,
            ["hovertemplate"] = "%{z:.4~g}<extra></extra>",
        };
        AddScale(trace, figure, frame, map.Scale, map.ValueRange, map.ScaleTitle);
        (trace["zmin"], trace["zmax"]) = (trace["cmin"]?.DeepClone(), trace["cmax"]?.DeepClone());
        trace.Remove("cmin");
        trace.Remove("cmax");
        return trace;
    }

    private static void AddScale(JsonObject target, Figure figure, PanelFrame frame, ColourScale scale, (double Least, double Greatest) range, string? title)
    {
        range = Extent.Widened(range, 0);
        target["cmin"] = PlotlyNumbers.Of(range.Least);
        target["cmax"] = PlotlyNumbers.Of(range.Greatest);
        target["colorscale"] = new JsonArray([.. scale.Stops.Select((stop, i) => (JsonNode)new JsonArray(PlotlyNumbers.Of((double)i / (scale.Stops.Count - 1)), stop.ToString()))]);
        target["showscale"] = true;
        var height = frame.Plot.Height - (title is null ? 0 : 14);
        target["colorbar"] = new JsonObject
        {
            ["x"] = PlotlyNumbers.Of((frame.Plot.Right + FigureLayout.LegendGap) / figure.Width),
            ["xanchor"] = "left",
            ["xpad"] = 0,
            ["y"] = PlotlyNumbers.Of(1 - frame.Plot.Bottom / figure.Height),
            ["yanchor"] = "bottom",
            ["ypad"] = 0,
            ["len"] = PlotlyNumbers.Of(height),
            ["lenmode"] = "pixels",
            ["thickness"] = FigureLayout.ColourBarWidth,
            ["outlinewidth"] = 0,
            ["nticks"] = 5,
        };
    }
}
