using System.Buffers.Binary;
using System.IO.Compression;

namespace ScFm.Interactive.Figures.Drawing;

/// <summary>Writes pixels as a PNG file (PNG specification, third edition: 8 bits, colour type 6).</summary>
internal static class PngEncoder
{
    private static readonly uint[] crcTable = [.. Enumerable.Range(0, 256).Select(i => CrcOfByte((uint)i))];

    /// <summary>Encodes pixels.</summary>
    /// <param name="width">Pixels a row.</param>
    /// <param name="height">Number of rows.</param>
    /// <param name="rgba">Red, green, blue and opacity of each pixel, row after row from the top.</param>
    public static byte[] Encode(int width, int height, ReadOnlySpan<byte> rgba)
    {
        var file = new MemoryStream();
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a]);
        Span<byte> header = [0, 0, 0, 0, 0, 0, 0, 0, 8, 6, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], height);
        WriteChunk(file, "IHDR"u8, header);
        WriteChunk(file, "IDAT"u8, Compress(width, height, rgba));
        WriteChunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    private static ReadOnlySpan<byte> Compress(int width, int height, ReadOnlySpan<byte> rgba)
    {
        var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            for (var row = 0; row < height; row++)
            {
                zlib.WriteByte(0); // no filter: the pictures have large areas of one colour
                zlib.Write(rgba.Slice(row * width * 4, width * 4));
            }
        }
        return compressed.ToArray();
    }

    private static void WriteChunk(Stream file, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        file.Write(type);
        file.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~Crc(Crc(uint.MaxValue, type), data));
        file.Write(number);
    }

    private static uint Crc(uint crc, ReadOnlySpan<byte> data)
    {
        foreach (var value in data)
        {
            crc = crcTable[(crc ^ value) & 0xff] ^ (crc >> 8);
        }
        return crc;
    }

    private static uint CrcOfByte(uint value)
    {
        for (var bit = 0; bit < 8; bit++)
        {
            value = (value & 1) != 0 ? 0xedb88320 ^ (value >> 1) : value >> 1;
        }
        return value;
    }
}
