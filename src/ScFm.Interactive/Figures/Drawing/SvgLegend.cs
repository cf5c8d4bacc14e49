using ScFm.Interactive.Figures.Marks;

namespace ScFm.Interactive.Figures.Drawing;

/// <summary>Draws the names of a panel's marks beside it.</summary>
internal static class SvgLegend
{
    /// <summary>Draws the legend, with "… N more" where the panel is too low for all names.</summary>
    public static void Draw(SvgCanvas canvas, PanelFrame frame)
    {
        var marks = frame.Panel.Legend;
        var room = Math.Max(1, (int)(frame.Plot.Height / FigureLayout.LegendLine));
        var shown = marks.Count <= room ? marks.Count : room - 1;
        var left = frame.Plot.Right + FigureLayout.LegendGap;
        for (var i = 0; i < shown; i++)
        {
            var middle = frame.Plot.Top + (i + 0.5) * FigureLayout.LegendLine;
            DrawKey(canvas, marks[i], left, middle);
            canvas.Text(TextMetrics.Fit(marks[i].Name!, FigureLayout.TextSize, 170), left + 18, middle + 4, "start", FigureLayout.TextSize);
        }
        if (shown < marks.Count)
        {
            canvas.Text($"… {marks.Count - shown} more", left + 18, frame.Plot.Top + (shown + 0.5) * FigureLayout.LegendLine + 4, "start", FigureLayout.TextSize);
        }
    }

    private static void DrawKey(SvgCanvas canvas, Mark mark, double left, double middle)
    {
        switch (mark)
        {
            case Points points:
                canvas.Raw($"""<circle cx="{SvgCanvas.Number(left + 6)}" cy="{SvgCanvas.Number(middle)}" r="5" fill="{points.Colour}"/>""");
                break;
            case Line line:
                canvas.Raw($"""<path d="M{SvgCanvas.Number(left - 2)} {SvgCanvas.Number(middle)}h16"{SvgMarks.Stroke(line)}/>""");
                break;
            case Bars bars:
                canvas.Rectangle(new Box(left + 1, middle - 5, left + 11, middle + 5), bars.Colour.ToString());
                break;
            case Boxes boxes:
                canvas.Rectangle(new Box(left + 1, middle - 5, left + 11, middle + 5), boxes.Colour.ToString());
                break;
        }
    }
}
