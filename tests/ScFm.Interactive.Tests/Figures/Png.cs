using System.Buffers.Binary;
using System.IO.Compression;

namespace ScFm.Interactive.Tests.Figures;

/// <summary>Reads the PNG files that we write: one IDAT chunk, no filters, 8 bits, RGBA.</summary>
internal static class Png
{
    public static (int Width, int Height, byte[] Pixels) Read(byte[] png)
    {
        var (width, height) = (BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20)));
        var length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(33));
        Assert.Equal("IDAT"u8.ToArray(), png[37..41]);
        var stored = new MemoryStream();
        new ZLibStream(new MemoryStream(png, 41, length), CompressionMode.Decompress).CopyTo(stored);
        byte[][] rows = [.. stored.ToArray().Chunk(1 + width * 4)];
        Assert.All(rows, row => Assert.Equal(0, row[0]));
        return (width, height, [.. rows.SelectMany(row => row[1..])]);
    }
}
