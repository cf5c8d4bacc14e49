using System.Globalization;
using ScFm.Model.Tables;

namespace ScFm.Interactive.Figures.Drawing;

/// <summary>Draws a figure as SVG: axes, legends and colour bars here, marks in <see cref="SvgMarks"/>.</summary>
internal static class SvgFigure
{
    private const string Ink = "#2b2b2b";
    private const string Grid = "#e8e8e8";

    /// <summary>The figure as a stand-alone SVG document.</summary>
    public static string Draw(Figure figure)
    {
        var canvas = new SvgCanvas();
        canvas.Raw($"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {figure.Width} {figure.Height}" width="{figure.Width}" height="{figure.Height}" font-family="{TextMetrics.Fonts}" fill="{Ink}" role="img">""");
        canvas.Raw($"<title>{HtmlText.Escape(figure.ToString())}</title>");
        canvas.Rectangle(new Box(0, 0, figure.Width, figure.Height), "#ffffff");
        if (figure.Title is { } title)
        {
            canvas.Text(title, 14, 25, "start", 16, " font-weight='600'");
        }
        foreach (var frame in FigureLayout.Arrange(figure))
        {
            DrawPanel(canvas, frame);
        }
        canvas.Raw("</svg>");
        return canvas.ToString();
    }

    private static void DrawPanel(SvgCanvas canvas, PanelFrame frame)
    {
        var plot = frame.Plot;
        if (frame.Panel.Title is { } title)
        {
            canvas.Text(
                TextMetrics.Fit(title, FigureLayout.TitleSize, frame.Cell.Right - plot.Left), plot.Left, plot.Top - 11, "start", FigureLayout.TitleSize, " font-weight='600'");
        }
        DrawGrid(canvas, frame);
        // A nested svg clips what lies outside the axes without an id, which could clash with other figures of a page.
        canvas.Raw(string.Create(CultureInfo.InvariantCulture, $"""<svg x="{plot.Left:0.#}" y="{plot.Top:0.#}" width="{plot.Width:0.#}" height="{plot.Height:0.#}" viewBox="{plot.Left:0.#} {plot.Top:0.#} {plot.Width:0.#} {plot.Height:0.#}">"""));
        SvgMarks.Draw(canvas, frame);
        canvas.Raw("</svg>");
        DrawAxes(canvas, frame);
        DrawBands(canvas, frame);
        if (frame.ColourBar is { } bar)
        {
            DrawColourBar(canvas, frame, bar);
        }
        else
        {
            SvgLegend.Draw(canvas, frame);
        }
    }

    private static void DrawGrid(SvgCanvas canvas, PanelFrame frame)
    {
        if (frame.Panel.X is { ShowGrid: true, Categories: null })
        {
            foreach (var value in frame.XTicks.Values)
            {
                canvas.Line(frame.X.At(value), frame.Plot.Top, frame.X.At(value), frame.Plot.Bottom, Grid);
            }
        }
        if (frame.Panel.Y is { ShowGrid: true, Categories: null })
        {
            foreach (var value in frame.YTicks.Values)
            {
                canvas.Line(frame.Plot.Left, frame.Y.At(value), frame.Plot.Right, frame.Y.At(value), Grid);
            }
        }
    }

    private static void DrawAxes(SvgCanvas canvas, PanelFrame frame)
    {
        var (panel, plot) = (frame.Panel, frame.Plot);
        if (panel.X.ShowLine)
        {
            canvas.Line(plot.Left, plot.Bottom, plot.Right, plot.Bottom, Ink);
        }
        if (panel.Y.ShowLine)
        {
            canvas.Line(plot.Left, plot.Top, plot.Left, plot.Bottom, Ink);
        }
        for (var i = 0; i < frame.XTicks.Values.Count; i++)
        {
            var x = frame.X.At(frame.XTicks.Values[i]);
            canvas.Line(x, plot.Bottom, x, plot.Bottom + 4, Ink);
            if (frame.XNamesSlanted)
            {
                canvas.Raw($"""<text transform="translate({SvgCanvas.Number(x + 3)} {SvgCanvas.Number(plot.Bottom + 14)}) rotate(-45)" text-anchor="end" font-size="{FigureLayout.TextSize}">{HtmlText.Escape(frame.XTicks.Labels[i])}</text>""");
            }
            else
            {
                canvas.Text(frame.XTicks.Labels[i], x, plot.Bottom + 8 + FigureLayout.TextSize * 0.8, "middle", FigureLayout.TextSize);
            }
        }
        for (var i = 0; i < frame.YTicks.Values.Count; i++)
        {
            var y = frame.Y.At(frame.YTicks.Values[i]);
            canvas.Line(plot.Left - 4, y, plot.Left, y, Ink);
            canvas.Text(TextMetrics.Fit(frame.YTicks.Labels[i], FigureLayout.TextSize, frame.Cell.Width * FigureLayout.MostNames), plot.Left - 8, y + FigureLayout.TextSize * 0.35, "end", FigureLayout.TextSize);
        }
        if (panel.X.Title is { } titleX)
        {
            canvas.Text(titleX, (plot.Left + plot.Right) / 2, frame.Cell.Bottom - 14, "middle", FigureLayout.AxisTitleSize);
        }
        if (panel.Y.Title is { } titleY)
        {
            var (x, y) = (SvgCanvas.Number(frame.Cell.Left + 12 + FigureLayout.AxisTitleSize * 0.7), SvgCanvas.Number((plot.Top + plot.Bottom) / 2));
            canvas.Raw($"""<text transform="translate({x} {y}) rotate(-90)" text-anchor="middle" font-size="{FigureLayout.AxisTitleSize}">{HtmlText.Escape(titleY)}</text>""");
        }
    }

    private static void DrawBands(SvgCanvas canvas, PanelFrame frame)
    {
        foreach (var band in frame.Panel.Y.Bands ?? [])
        {
            var (top, bottom) = (Math.Min(frame.Y.At(band.From), frame.Y.At(band.To)), Math.Max(frame.Y.At(band.From), frame.Y.At(band.To)));
            canvas.Rectangle(new Box(frame.Plot.Left - FigureLayout.BandWidth - 3, top, frame.Plot.Left - 3, bottom), band.Colour.ToString());
            canvas.Text(
                TextMetrics.Fit(band.Label, FigureLayout.TextSize, frame.Cell.Width * FigureLayout.MostNames), frame.Plot.Left - FigureLayout.BandWidth - 8, (top + bottom) / 2 + FigureLayout.TextSize * 0.35, "end", FigureLayout.TextSize);
        }
    }

    private static void DrawColourBar(SvgCanvas canvas, PanelFrame frame, ColourBar bar)
    {
        const int Steps = 64;
        var (left, plot) = (frame.Plot.Right + FigureLayout.LegendGap, frame.Plot);
        var pixels = new Raster(1, Steps);
        for (var i = 0; i < Steps; i++)
        {
            pixels.Set(0, i, bar.Scale.At(1 - (i + 0.5) / Steps));
        }
        var top = bar.Title is null ? plot.Top : plot.Top + 14;
        canvas.Image(pixels.ToPng(), new Box(left, top, left + FigureLayout.ColourBarWidth, plot.Bottom));
        var scale = new AxisScale(Extent.Widened(bar.Range, 0), plot.Bottom, top);
        var ticks = Ticks.Round(scale.Range, 4);
        for (var i = 0; i < ticks.Values.Count; i++)
        {
            var y = scale.At(ticks.Values[i]);
            canvas.Line(left + FigureLayout.ColourBarWidth, y, left + FigureLayout.ColourBarWidth + 3, y, Ink);
            canvas.Text(ticks.Labels[i], left + FigureLayout.ColourBarWidth + 6, y + FigureLayout.TextSize * 0.35, "start", FigureLayout.TextSize);
        }
        if (bar.Title is { } title)
        {
            canvas.Text(title, frame.Cell.Right - 12, plot.Top + 4, "end", FigureLayout.TextSize);
        }
    }
}
