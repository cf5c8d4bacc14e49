using System.Buffers.Binary;
using System.Text;

namespace ScFm.Model.Files.PyTorch;

/// <summary>Reads a part of a file from its start to its end; nothing is set aside for what is not there.</summary>
internal sealed class PickleInput(CheckpointFile file, long start, long length)
{
    private const int LongestName = 1000;

    private readonly byte[] buffer = new byte[1 << 16];
    private readonly long end = start + length;
    private long read = start;
    private int at;
    private int filled;

    /// <summary>Bytes of the part.</summary>
    public long Length => length;

    /// <summary>Where the next byte stands in the file.</summary>
    public long Position => read - (filled - at);

    public byte Byte()
    {
        Span<byte> one = stackalloc byte[1];
        Fill(one);
        return one[0];
    }

    public ushort UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Bytes(2));

    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Bytes(4));

    public long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Bytes(8));

    public double BigEndianDouble() => BinaryPrimitives.ReadDoubleBigEndian(Bytes(8));

    public string Text(long count) => Encoding.UTF8.GetString(Bytes(count));

    /// <summary>Text up to the end of its line.</summary>
    public string Line()
    {
        var line = new List<byte>();
        for (var next = Byte(); next != '\n'; next = Byte())
        {
            line.Add(line.Count < LongestName ? next : throw new InvalidDataException($"its pickle has a name of more than {LongestName} bytes at {Position}"));
        }
        return Encoding.UTF8.GetString([.. line]);
    }

    public byte[] Bytes(long count)
    {
        if (count < 0 || count > end - Position || count > Array.MaxLength)
        {
            throw new InvalidDataException($"its pickle ends too soon: {(ulong)count} bytes are to stand at {Position}, of which {end - Position} are there");
        }
        var bytes = new byte[count];
        Fill(bytes);
        return bytes;
    }

    private void Fill(Span<byte> destination)
    {
        while (destination.Length > 0)
        {
            if (at == filled)
            {
                if (read >= end)
                {
                    throw new InvalidDataException($"its pickle ends too soon, at {end}");
                }
                (at, filled) = (0, (int)Math.Min(buffer.Length, end - read));
                file.Read(read, buffer.AsSpan(0, filled));
                read += filled;
            }
            var count = Math.Min(destination.Length, filled - at);
            buffer.AsSpan(at, count).CopyTo(destination);
            at += count;
            destination = destination[count..];
        }
    }
}
