using System.Buffers.Binary;

namespace ScFm.Model.Cells.Files;

/// <summary>Finds out whether a gzip file is whole: .NET's own reader takes the end of a truncated one for its end.</summary>
internal static class GzipTrailer
{
    /// <summary>Compares the length that the last four bytes tell with the length that was unpacked (RFC 1952, ISIZE).</summary>
    /// <remarks>A file of several members, such as bgzip writes, tells only the length of its last: it passes.</remarks>
    internal static bool IsWhole(string path, long unpackedLength)
    {
        using var file = File.OpenRead(path);
        if (file.Length < 18)
        {
            return false;
        }
        Span<byte> trailer = stackalloc byte[4];
        file.Seek(-4, SeekOrigin.End);
        file.ReadExactly(trailer);
        return BinaryPrimitives.ReadUInt32LittleEndian(trailer) == (uint)unpackedLength || HasSecondMember(file);
    }

    private static bool HasSecondMember(FileStream file)
    {
        file.Seek(1, SeekOrigin.Begin);
        var (buffer, kept) = (new byte[1 << 16], 0);
        while (file.Read(buffer, kept, buffer.Length - kept) is > 0 and var read)
        {
            var window = buffer.AsSpan(0, kept + read);
            for (var from = 0; window[from..].IndexOf((ReadOnlySpan<byte>)[0x1F, 0x8B, 8]) is >= 0 and var at; from += at + 3)
            {
                // Flags, extra flags and system of a real header: so much agrees by chance once in 200 GB.
                if (from + at + 10 <= window.Length && window.Slice(from + at, 10) is [_, _, _, <= 0x1F, _, _, _, _, 0 or 2 or 4, <= 13 or 255])
                {
                    return true;
                }
            }
            kept = Math.Min(9, window.Length);
            window[^kept..].CopyTo(buffer);
        }
        return false;
    }
}
