using System.Globalization;
using System.Text;
using ScFm.Interactive.Figures.Marks;

namespace ScFm.Interactive.Figures.Drawing;

/// <summary>Draws what is inside a panel's axes.</summary>
internal static class SvgMarks
{
    private const int ColourSteps = 64;
    private const string IntervalInk = "#2b2b2b";

    /// <summary>The opacity of the inside of a box.</summary>
    public const double BoxOpacity = 0.35;

    /// <summary>Draws all marks, first mark first, and texts over everything.</summary>
    public static void Draw(SvgCanvas canvas, PanelFrame frame)
    {
        if (frame.RasterPoints)
        {
            canvas.Image(PointRaster.Draw(frame), frame.Plot);
        }
        foreach (var mark in frame.Panel.Marks)
        {
            switch (mark)
            {
                case HeatMap map:
                    canvas.Image(HeatMapRaster.Draw(map), Place(frame, map), " style='image-rendering:pixelated'");
                    break;
                case Points points when !frame.RasterPoints:
                    DrawPoints(canvas, frame, points);
                    break;
                case Line line:
                    DrawLine(canvas, frame, line);
                    break;
                case Bars bars:
                    DrawBars(canvas, frame, bars);
                    break;
                case Boxes boxes:
                    DrawBoxes(canvas, frame, boxes);
                    break;
                case Discs discs:
                    DrawDiscs(canvas, frame, discs);
                    break;
            }
        }
        foreach (var texts in frame.Panel.Marks.OfType<Texts>())
        {
            for (var i = 0; i < texts.Labels.Count; i++)
            {
                canvas.Text(
                    texts.Labels[i], frame.X.At(texts.X[i]), frame.Y.At(texts.Y[i]) + FigureLayout.TextSize * 0.35, "middle", FigureLayout.TextSize,
                    " font-weight='600' stroke='#ffffff' stroke-width='3' stroke-linejoin='round' paint-order='stroke'");
            }
        }
    }

    /// <summary>The attributes of a line's stroke.</summary>
    public static string Stroke(Line line) => string.Create(
        CultureInfo.InvariantCulture,
        $""" fill="none" stroke="{line.Colour}" stroke-width="{line.Width:0.##}" stroke-linejoin="round" stroke-linecap="round"{(line.Opacity < 1 ? $" stroke-opacity=\"{line.Opacity:0.##}\"" : "")}{(line.Dashed ? " stroke-dasharray=\"5 5\"" : "")}""");

    private static Box Place(PanelFrame frame, HeatMap map)
    {
        var (left, right, top, bottom) = (frame.X.At(0), frame.X.At(map.Columns), frame.Y.At(0), frame.Y.At(map.Rows));
        return new Box(Math.Min(left, right), Math.Min(top, bottom), Math.Max(left, right), Math.Max(top, bottom));
    }

    // One path a colour, each point a line of no length with round ends: a tenth of the bytes of a circle a point.
    private static void DrawPoints(SvgCanvas canvas, PanelFrame frame, Points points)
    {
        foreach (var (colour, members) in ByColour(points))
        {
            var path = new StringBuilder();
            foreach (var i in members)
            {
                if (double.IsFinite(points.X[i]) && double.IsFinite(points.Y[i]))
                {
                    path.Append('M').Append(SvgCanvas.Number(frame.X.At(points.X[i]))).Append(' ').Append(SvgCanvas.Number(frame.Y.At(points.Y[i]))).Append("h0");
                }
            }
            if (path.Length > 0)
            {
                canvas.Raw(string.Create(CultureInfo.InvariantCulture, $"""<path d="{path}" stroke="{colour}" stroke-width="{points.Size:0.##}" stroke-linecap="round" stroke-opacity="{points.Opacity:0.##}" fill="none"/>"""));
            }
        }
    }

    /// <summary>Points grouped by colour, missing values first and high values last, so that high values lie on top.</summary>
    internal static IEnumerable<(Colour Colour, IEnumerable<int> Members)> ByColour(Points points)
    {
        if (points.Values is not { } values)
        {
            return [(points.Colour, Enumerable.Range(0, points.X.Count))];
        }
        var (least, greatest) = Extent.Widened(points.ValueRange, 0);
        return Enumerable.Range(0, points.X.Count)
            .GroupBy(i => double.IsFinite(values[i]) ? Math.Min(ColourSteps - 1, (int)((values[i] - least) / (greatest - least) * ColourSteps)) : -1)
            .OrderBy(step => step.Key)
            .Select(step => (step.Key < 0 ? Palette.Missing : points.Scale.At((step.Key + 0.5) / ColourSteps), step.AsEnumerable()));
    }

    private static void DrawLine(SvgCanvas canvas, PanelFrame frame, Line line)
    {
        var (path, dots, pen) = (new StringBuilder(), new StringBuilder(), 'M');
        for (var i = 0; i < line.X.Count; i++)
        {
            if (!double.IsFinite(line.X[i]) || !double.IsFinite(line.Y[i]))
            {
                pen = 'M';
                continue;
            }
            var place = $"{SvgCanvas.Number(frame.X.At(line.X[i]))} {SvgCanvas.Number(frame.Y.At(line.Y[i]))}";
            path.Append(pen).Append(place);
            dots.Append('M').Append(place).Append("h0");
            pen = 'L';
        }
        if (path.Length == 0)
        {
            return;
        }
        canvas.Raw($"""<path d="{path}"{Stroke(line)}/>""");
        if (line.Dots)
        {
            canvas.Raw($"""<path d="{dots}" stroke="{line.Colour}" stroke-width="6" stroke-linecap="round" fill="none"/>""");
        }
    }

    private static void DrawBars(SvgCanvas canvas, PanelFrame frame, Bars bars)
    {
        for (var i = 0; i < bars.Values.Count; i++)
        {
            if (frame.BarBox(bars, i) is not { } box)
            {
                continue;
            }
            canvas.Rectangle(box, bars.Colour.ToString());
            DrawInterval(canvas, frame, bars, i, box);
            var text = BarText.Of(bars.Values[i]);
            if (bars.ShowValues && frame.Panel.Y.Categories is not null)
            {
                canvas.Text(text, Math.Max(box.Right, bars.Interval(i) is var (_, right) ? frame.X.At(right) : 0) + 4, (box.Top + box.Bottom) / 2 + 4, "start", 11);
            }
            else if (bars.ShowValues && TextMetrics.Width(text, 11) <= box.Width * 1.6)
            {
                canvas.Text(text, (box.Left + box.Right) / 2, bars.Values[i] < 0 ? box.Bottom + 12 : Math.Min(box.Top, bars.Interval(i) is var (_, top) ? frame.Y.At(top) : box.Top) - 4, "middle", 11);
            }
        }
    }

    private static void DrawBoxes(SvgCanvas canvas, PanelFrame frame, Boxes boxes)
    {
        var (offset, width) = frame.BarPlace(boxes);
        for (var i = 0; i < boxes.Values.Count; i++)
        {
            var (spread, left, right) = (boxes.Values[i], frame.X.At(i + offset), frame.X.At(i + offset + width));
            if (!double.IsFinite(spread.Median))
            {
                continue;
            }
            var (middle, stroke) = ((left + right) / 2, boxes.Colour.ToString());
            canvas.Line(middle, frame.Y.At(spread.Low), middle, frame.Y.At(spread.Lower), stroke);
            canvas.Line(middle, frame.Y.At(spread.Upper), middle, frame.Y.At(spread.High), stroke);
            canvas.Rectangle(new Box(left, frame.Y.At(spread.Upper), right, frame.Y.At(spread.Lower)), stroke,
                string.Create(CultureInfo.InvariantCulture, $" fill-opacity=\"{BoxOpacity}\" stroke=\"{stroke}\""));
            canvas.Line(left, frame.Y.At(spread.Median), right, frame.Y.At(spread.Median), stroke, 2);
        }
    }

    private static void DrawDiscs(SvgCanvas canvas, PanelFrame frame, Discs discs)
    {
        for (var i = 0; i < discs.X.Count; i++)
        {
            var radius = Math.Abs(frame.X.At(discs.Radius) - frame.X.At(0));
            canvas.Raw(string.Create(CultureInfo.InvariantCulture,
                $"""<circle cx="{SvgCanvas.Number(frame.X.At(discs.X[i]))}" cy="{SvgCanvas.Number(frame.Y.At(discs.Y[i]))}" r="{SvgCanvas.Number(radius)}" fill="{discs.Colours[i]}" fill-opacity="{Discs.Opacity}" stroke="{discs.Colours[i]}"/>"""));
        }
    }

    // A line from end to end with a short stroke across each.
    private static void DrawInterval(SvgCanvas canvas, PanelFrame frame, Bars bars, int category, Box box)
    {
        if (bars.Interval(category) is not var (low, high))
        {
            return;
        }
        if (frame.Panel.Y.Categories is null)
        {
            var (x, half, from, to) = ((box.Left + box.Right) / 2, Math.Min(4, box.Width / 4), frame.Y.At(low), frame.Y.At(high));
            canvas.Line(x, from, x, to, IntervalInk);
            canvas.Line(x - half, from, x + half, from, IntervalInk);
            canvas.Line(x - half, to, x + half, to, IntervalInk);
        }
        else
        {
            var (y, half, from, to) = ((box.Top + box.Bottom) / 2, Math.Min(4, box.Height / 4), frame.X.At(low), frame.X.At(high));
            canvas.Line(from, y, to, y, IntervalInk);
            canvas.Line(from, y - half, from, y + half, IntervalInk);
            canvas.Line(to, y - half, to, y + half, IntervalInk);
        }
    }
}
