using System.IO.Compression;

namespace ScFm.Model.Files.Hdf5;

/// <summary>How the chunks of a dataset were packed, and how to unpack them.</summary>
internal sealed class FilterPipeline
{
    private const int Deflate = 1;
    private const int Shuffle = 2;
    private const int Fletcher = 3;
    private const int LargestRatio = 1100; // deflate gives 1032 at most, LZF 88

    private readonly int[] filters;
    private readonly Hdf5Image image;

    private FilterPipeline(Hdf5Image image, int[] filters) => (this.image, this.filters) = (image, filters);

    /// <summary>True where chunks lie in the file as they are.</summary>
    internal bool IsEmpty => filters.Length == 0;

    /// <summary>Reads the list of filters; none where there is no such message.</summary>
    internal static FilterPipeline Parse(Hdf5Image image, ObjectHeader header)
    {
        if (header.Find(HeaderMessage.Filters) is not { } message)
        {
            return new FilterPipeline(image, []);
        }
        var cursor = header.Open(message, "a list of filters");
        var (version, count) = (cursor.Byte(), cursor.Byte());
        if (version is not (1 or 2))
        {
            throw image.Damage($"a list of filters of version {version}; expected 1 or 2");
        }
        cursor.Skip(version == 1 ? 6 : 0);
        var filters = new int[count];
        for (var i = 0; i < count; i++)
        {
            filters[i] = cursor.UInt16();
            var nameSize = version == 1 || filters[i] >= 256 ? cursor.UInt16() : 0;
            cursor.Skip(2);
            var values = cursor.UInt16();
            cursor.Skip(version == 1 ? nameSize + 7 & ~7 : nameSize);
            cursor.Skip(4L * values);
            cursor.Skip(version == 1 && values % 2 == 1 ? 4 : 0);
        }
        return new FilterPipeline(image, filters);
    }

    /// <summary>Unpacks a chunk.</summary>
    /// <param name="packed">The bytes as stored.</param>
    /// <param name="size">Bytes of the chunk unpacked.</param>
    /// <param name="elementSize">Bytes of an element.</param>
    /// <param name="skipped">A bit for each filter that this chunk was not passed through.</param>
    /// <param name="where">The dataset, for errors.</param>
    internal byte[] Unpack(byte[] packed, long size, int elementSize, uint skipped, string where)
    {
        if (size / LargestRatio > packed.LongLength)
        {
            throw new Hdf5Exception($"{where} has a chunk of {packed.Length} bytes that would unpack to {size}; expected at most {LargestRatio} times as many: the file is damaged.");
        }
        for (var i = filters.Length - 1; i >= 0; i--)
        {
            if ((skipped >> i & 1) == 0)
            {
                // What stands before packing in the list may have added a checksum of four bytes to the chunk.
                var largest = size + 4 * filters.AsSpan(0, i).Count(Fletcher);
                packed = filters[i] switch
                {
                    Deflate => Inflate(packed, largest, where),
                    Shuffle => Unshuffle(packed, elementSize),
                    Fletcher => Fletcher32.Strip(packed) ?? throw new Hdf5Exception($"{where} has a chunk whose checksum is wrong: the file is damaged."),
                    Lzf.Number => UnpackLzf(packed, largest, where),
                    var other => throw new Hdf5Exception($"{where} is packed by the filter {Name(other)}, which cannot be unpacked here; expected gzip, LZF or none: save the file with compression='gzip'."),
                };
            }
        }
        return packed.LongLength == size ? packed : throw new Hdf5Exception($"{where} has a chunk of {packed.LongLength} bytes; expected {size}: the file is damaged.");
    }

    private static byte[] Inflate(byte[] packed, long size, string where)
    {
        var unpacked = new byte[size];
        try
        {
            using var stream = new ZLibStream(new MemoryStream(packed), CompressionMode.Decompress);
            var count = stream.ReadAtLeast(unpacked, unpacked.Length, throwOnEndOfStream: false);
            if (count == unpacked.Length && stream.ReadByte() < 0)
            {
                return unpacked;
            }
        }
        catch (InvalidDataException error)
        {
            throw new Hdf5Exception($"{where} has a chunk that is no gzip data: the file is damaged.", error);
        }
        throw new Hdf5Exception($"{where} has a chunk that does not unpack to {size} bytes: the file is damaged.");
    }

    private static byte[] UnpackLzf(byte[] packed, long size, string where)
    {
        var unpacked = new byte[size];
        return Lzf.Unpack(packed, unpacked) == size ? unpacked : throw new Hdf5Exception($"{where} has a chunk that LZF does not unpack to {size} bytes: the file is damaged.");
    }

    // Shuffled: first the first bytes of all elements, then the second ones.
    private static byte[] Unshuffle(byte[] shuffled, int elementSize)
    {
        var (unshuffled, count) = (new byte[shuffled.Length], shuffled.Length / elementSize);
        for (var b = 0; b < elementSize; b++)
        {
            for (int i = 0, to = b, from = b * count; i < count; i++, to += elementSize)
            {
                unshuffled[to] = shuffled[from + i];
            }
        }
        shuffled.AsSpan(count * elementSize).CopyTo(unshuffled.AsSpan(count * elementSize));
        return unshuffled;
    }

    private string Name(int number) => number switch
    {
        4 => "szip",
        5 => "nbit",
        6 => "scale-offset",
        307 => "bzip2",
        32001 => "blosc",
        32004 => "lz4",
        32008 => "bitshuffle",
        32015 => "zstd",
        32026 => "blosc2",
        _ => $"number {number} of '{Path.GetFileName(image.Path)}'",
    };
}
