using System.Buffers.Binary;

namespace ScFm.Model.Files.Hdf5;

/// <summary>The checksum of HDF5's filter 3 (Fletcher 1982), over words of 16 bits with the higher byte first.</summary>
internal static class Fletcher32
{
    /// <summary>The bytes without the checksum at their end; null where that is wrong.</summary>
    internal static byte[]? Strip(byte[] bytes)
    {
        if (bytes.Length < 4)
        {
            return null;
        }
        var content = bytes[..^4];
        return BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(content.Length)) == Sum(content) ? content : null;
    }

    private static uint Sum(ReadOnlySpan<byte> bytes)
    {
        var (first, second) = (0u, 0u);
        for (var i = 0; i < bytes.Length; i += 2)
        {
            first += (uint)(bytes[i] << 8 | (i + 1 < bytes.Length ? bytes[i + 1] : 0));
            second += first;
            if (i / 2 % 360 == 359) // before the sums could pass 32 bits
            {
                (first, second) = (Fold(first), Fold(second));
            }
        }
        return Fold(Fold(second)) << 16 | Fold(Fold(first));
    }

    private static uint Fold(uint sum) => (sum & 0xFFFF) + (sum >> 16);
}
