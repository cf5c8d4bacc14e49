using System.Buffers.Binary;
using System.Text;

namespace ScFm.Model.Files.PyTorch;

/// <summary>Where the entries of a zip file lie, so that their bytes can be read in place.</summary>
/// <remarks>Source: the zip file format specification, sections 4.3 and 4.5.3. The framework's reader gives no positions and cannot seek within an entry.</remarks>
internal sealed class ZipDirectory
{
    private const int EndLength = 22;
    private const int LongestComment = 65_535;
    private const int Zip64LocatorLength = 20;
    private const int Zip64EndLength = 56;
    private const int EntryLength = 46;
    private const int LocalLength = 30;
    private const long LongestDirectory = 1L << 28;

    private readonly Dictionary<string, (long Header, long Length)> entries = new(StringComparer.Ordinal);
    private readonly CheckpointFile file;

    private ZipDirectory(CheckpointFile file) => this.file = file;

    /// <summary>The names of the entries.</summary>
    public IEnumerable<string> Names => entries.Keys;

    /// <summary>Reads the directory.</summary>
    /// <exception cref="InvalidDataException">The file is cut, or the directory does not fit it.</exception>
    public static ZipDirectory Read(CheckpointFile file)
    {
        var zip = new ZipDirectory(file);
        var (start, length, count) = zip.FindDirectory();
        file.Require(start, length);
        if (length > LongestDirectory)
        {
            throw new InvalidDataException($"its zip directory has {length} bytes; expected at most {LongestDirectory}");
        }
        ReadOnlySpan<byte> directory = file.Read(start, (int)length);
        for (ulong i = 0; i < count; i++)
        {
            directory = directory[zip.Add(directory)..];
        }
        return zip;
    }

    /// <summary>Where an entry's bytes begin and how many there are; null where there is no such entry.</summary>
    /// <exception cref="InvalidDataException">The entry reaches outside the file.</exception>
    public (long Position, long Length)? Find(string name)
    {
        if (!entries.TryGetValue(name, out var entry))
        {
            return null;
        }
        var header = file.Read(entry.Header, LocalLength);
        if (BinaryPrimitives.ReadUInt32LittleEndian(header) != 0x04034B50)
        {
            throw new InvalidDataException($"its zip entry '{name}' has no header at {entry.Header}");
        }
        var position = entry.Header + LocalLength + UInt16(header, 26) + UInt16(header, 28);
        file.Require(position, entry.Length);
        return (position, entry.Length);
    }

    private static ushort UInt16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static uint UInt32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    private static ulong UInt64(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt64LittleEndian(bytes[at..]);

    private static long Signed(ulong value) => value <= long.MaxValue ? (long)value : throw new InvalidDataException($"its zip directory has the number {value}; expected one within the file");

    private (long Start, long Length, ulong Count) FindDirectory()
    {
        var tail = file.Read(Math.Max(0, file.Length - EndLength - LongestComment), (int)Math.Min(file.Length, EndLength + LongestComment));
        for (var at = tail.Length - EndLength; at >= 0; at--)
        {
            if (UInt32(tail, at) == 0x06054B50)
            {
                return Zip64Directory(file.Length - tail.Length + at) ?? (UInt32(tail, at + 16), UInt32(tail, at + 12), UInt16(tail, at + 10));
            }
        }
        throw new InvalidDataException($"it begins as a zip file but has no directory at its end, at {file.Length} bytes; expected a whole file");
    }

    private (long Start, long Length, ulong Count)? Zip64Directory(long end)
    {
        if (end < Zip64LocatorLength)
        {
            return null;
        }
        var locator = file.Read(end - Zip64LocatorLength, Zip64LocatorLength);
        if (UInt32(locator, 0) != 0x07064B50)
        {
            return null;
        }
        var record = file.Read(Signed(UInt64(locator, 8)), Zip64EndLength);
        return UInt32(record, 0) == 0x06064B50
            ? (Signed(UInt64(record, 48)), Signed(UInt64(record, 40)), UInt64(record, 32))
            : throw new InvalidDataException("its zip directory is not where the file says");
    }

    /// <summary>Adds the first entry of the directory's rest; returns its length there.</summary>
    private int Add(ReadOnlySpan<byte> directory)
    {
        if (directory.Length < EntryLength || UInt32(directory, 0) != 0x02014B50)
        {
            throw new InvalidDataException($"its zip directory is malformed after {entries.Count} entries");
        }
        var (nameLength, extraLength) = (UInt16(directory, 28), UInt16(directory, 30));
        var length = EntryLength + nameLength + extraLength + UInt16(directory, 32);
        if (directory.Length < length)
        {
            throw new InvalidDataException($"its zip directory is cut after {entries.Count} entries");
        }
        var name = Encoding.UTF8.GetString(directory.Slice(EntryLength, nameLength));
        var (packed, whole, header) = Sizes(directory, directory.Slice(EntryLength + nameLength, extraLength));
        if (UInt16(directory, 10) != 0 || packed != whole || (UInt16(directory, 8) & 1) != 0)
        {
            throw new InvalidDataException($"its zip entry '{name}' is compressed or encrypted; expected plain bytes, as torch.save writes them");
        }
        if (!entries.TryAdd(name, (header, whole)))
        {
            throw new InvalidDataException($"it has two zip entries '{name}'; expected one");
        }
        return length;
    }

    /// <summary>The sizes and the place of the header; where they do not fit 32 bits they stand in the extra field, in this order.</summary>
    private static (long Packed, long Whole, long Header) Sizes(ReadOnlySpan<byte> entry, ReadOnlySpan<byte> extra)
    {
        while (extra.Length >= 4 && UInt16(extra, 0) != 1)
        {
            extra = extra[Math.Min(extra.Length, 4 + UInt16(extra, 2))..];
        }
        var large = extra.Length >= 4 ? extra[4..Math.Min(extra.Length, 4 + UInt16(extra, 2))] : default;
        var whole = Next(entry, 24, ref large);
        var packed = Next(entry, 20, ref large);
        return (packed, whole, Next(entry, 42, ref large));

        static long Next(ReadOnlySpan<byte> entry, int at, ref ReadOnlySpan<byte> large)
        {
            if (UInt32(entry, at) != uint.MaxValue || large.Length < 8)
            {
                return UInt32(entry, at);
            }
            var value = Signed(UInt64(large, 0));
            large = large[8..];
            return value;
        }
    }
}
