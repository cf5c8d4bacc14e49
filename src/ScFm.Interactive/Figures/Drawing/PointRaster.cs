using ScFm.Interactive.Figures.Marks;

namespace ScFm.Interactive.Figures.Drawing;

/// <summary>Draws all scatters of a panel as one picture.</summary>
internal static class PointRaster
{
    /// <summary>Pixels of the picture a pixel of the figure: 2, sharp on screens of high density.</summary>
    private const int Density = 2;

    /// <summary>The panel's points as a PNG file that fills its plot.</summary>
    public static byte[] Draw(PanelFrame frame)
    {
        var plot = frame.Plot;
        var raster = new Raster((int)Math.Ceiling(plot.Width * Density), (int)Math.Ceiling(plot.Height * Density));
        foreach (var points in frame.Panel.Marks.OfType<Points>())
        {
            foreach (var (colour, members) in SvgMarks.ByColour(points))
            {
                foreach (var i in members)
                {
                    if (double.IsFinite(points.X[i]) && double.IsFinite(points.Y[i]))
                    {
                        raster.Disc(
                            (frame.X.At(points.X[i]) - plot.Left) * Density, (frame.Y.At(points.Y[i]) - plot.Top) * Density,
                            points.Size / 2 * Density, colour, points.Opacity);
                    }
                }
            }
        }
        return raster.ToPng();
    }
}
