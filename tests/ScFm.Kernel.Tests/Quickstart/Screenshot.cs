using System.Buffers.Binary;
using System.IO.Compression;

namespace ScFm.Kernel.Tests.Quickstart;

/// <summary>The pixels of a PNG of 8 bits, RGB or RGBA, not interlaced: what a browser writes.</summary>
internal sealed class Screenshot
{
    private readonly byte[] _pixels;
    private readonly int _channels;

    private Screenshot(int width, int height, int channels, byte[] pixels) => (Width, Height, _channels, _pixels) = (width, height, channels, pixels);

    internal int Width { get; }

    internal int Height { get; }

    /// <summary>The share of pixels in a rectangle that are not white, and how many colours they have.</summary>
    internal (double Inked, int Colours) Look(int left, int top, int width, int height)
    {
        Assert.True(left >= 0 && top >= 0 && left + width <= Width && top + height <= Height,
            $"The rectangle {left},{top} {width}x{height} lies outside the picture of {Width}x{Height}.");
        HashSet<int> colours = [];
        int inked = 0;
        for (int y = top; y < top + height; y++)
        {
            for (int x = left; x < left + width; x++)
            {
                int at = ((y * Width) + x) * _channels;
                int colour = (_pixels[at] << 16) | (_pixels[at + 1] << 8) | _pixels[at + 2];
                colours.Add(colour);
                inked += colour == 0xffffff ? 0 : 1;
            }
        }

        return ((double)inked / (width * height), colours.Count);
    }

    internal static Screenshot Read(string path)
    {
        byte[] file = File.ReadAllBytes(path);
        int width = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(16));
        int height = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(20));
        Assert.Equal(8, file[24]);
        int channels = file[25] switch { 2 => 3, 6 => 4, var other => throw new InvalidDataException($"{path} has colour type {other}; 2 or 6 was expected.") };
        Assert.Equal(0, file[28]);
        var packed = new MemoryStream();
        for (int at = 8; at < file.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            if (file.AsSpan(at + 4, 4).SequenceEqual("IDAT"u8))
            {
                packed.Write(file, at + 8, length);
            }

            at += length + 12;
        }

        packed.Position = 0;
        using var rows = new ZLibStream(packed, CompressionMode.Decompress);
        int stride = width * channels;
        byte[] pixels = new byte[height * stride];
        byte[] above = new byte[stride];
        for (int y = 0; y < height; y++)
        {
            int filter = rows.ReadByte();
            Span<byte> row = pixels.AsSpan(y * stride, stride);
            rows.ReadExactly(row);
            Unfilter(filter, row, above, channels);
            row.CopyTo(above);
        }

        return new Screenshot(width, height, channels, pixels);
    }

    // The five filters of the PNG specification, section 9.
    private static void Unfilter(int filter, Span<byte> row, ReadOnlySpan<byte> above, int channels)
    {
        for (int i = 0; i < row.Length; i++)
        {
            int left = i >= channels ? row[i - channels] : 0;
            int up = above[i];
            int upLeft = i >= channels ? above[i - channels] : 0;
            row[i] += (byte)(filter switch
            {
                0 => 0,
                1 => left,
                2 => up,
                3 => (left + up) / 2,
                4 => Paeth(left, up, upLeft),
                _ => throw new InvalidDataException($"PNG filter {filter} was found; 0 to 4 was expected."),
            });
        }
    }

    private static int Paeth(int left, int up, int upLeft)
    {
        int estimate = left + up - upLeft;
        (int a, int b, int c) = (Math.Abs(estimate - left), Math.Abs(estimate - up), Math.Abs(estimate - upLeft));
        return a <= b && a <= c ? left : b <= c ? up : upLeft;
    }
}
