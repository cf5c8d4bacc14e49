using ScFm.Interactive.Figures.Marks;

namespace ScFm.Interactive.Figures.Drawing;

/// <summary>Draws a heat map as a picture with a pixel a value.</summary>
internal static class HeatMapRaster
{
    /// <summary>The heat map as a PNG file, first row on top.</summary>
    public static byte[] Draw(HeatMap map)
    {
        var raster = new Raster(map.Columns, map.Rows);
        var (least, greatest) = Extent.Widened(map.ValueRange, 0);
        for (var row = 0; row < map.Rows; row++)
        {
            for (var column = 0; column < map.Columns; column++)
            {
                raster.Set(column, row, map.Scale.At((map.Values[row * map.Columns + column] - least) / (greatest - least)));
            }
        }
        return raster.ToPng();
    }
}
