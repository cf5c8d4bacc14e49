namespace ScFm.Interactive.Figures.Drawing;

/// <summary>Pixels that start transparent and take discs and rectangles of colour.</summary>
internal sealed class Raster(int width, int height)
{
    private readonly byte[] rgba = new byte[width * height * 4];

    /// <summary>Sets one pixel to an opaque colour.</summary>
    public void Set(int x, int y, Colour colour)
    {
        var at = (y * width + x) * 4;
        (rgba[at], rgba[at + 1], rgba[at + 2], rgba[at + 3]) = (colour.Red, colour.Green, colour.Blue, 255);
    }

    /// <summary>Draws a disc with soft edges over what is there.</summary>
    public void Disc(double x, double y, double radius, Colour colour, double opacity)
    {
        var (top, bottom) = ((int)Math.Max(0, y - radius - 1), (int)Math.Min(height - 1, y + radius + 1));
        var (left, right) = ((int)Math.Max(0, x - radius - 1), (int)Math.Min(width - 1, x + radius + 1));
        for (var row = top; row <= bottom; row++)
        {
            for (var column = left; column <= right; column++)
            {
                var (dx, dy) = (column + 0.5 - x, row + 0.5 - y);
                var distance = Math.Sqrt(dx * dx + dy * dy);
                var cover = Math.Clamp(radius + 0.5 - distance, 0, 1) * opacity;
                if (cover > 0)
                {
                    Blend((row * width + column) * 4, colour, cover);
                }
            }
        }
    }

    /// <summary>The pixels as a PNG file.</summary>
    public byte[] ToPng() => PngEncoder.Encode(width, height, rgba);

    private void Blend(int at, Colour colour, double cover)
    {
        var below = rgba[at + 3] / 255.0 * (1 - cover);
        var opacity = cover + below;
        // Steps of 8 in a channel cannot be seen in points but compress to half the size.
        byte Channel(byte under, byte over) => Step((over * cover + under * below) / opacity);
        static byte Step(double value) => (byte)Math.Min(255, Math.Round(value / 8) * 8);
        (rgba[at], rgba[at + 1], rgba[at + 2], rgba[at + 3]) =
            (Channel(rgba[at], colour.Red), Channel(rgba[at + 1], colour.Green), Channel(rgba[at + 2], colour.Blue), Step(opacity * 255));
    }
}
