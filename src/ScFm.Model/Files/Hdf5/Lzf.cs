namespace ScFm.Model.Files.Hdf5;

/// <summary>Unpacks LZF, the filter that h5py brings itself and anndata used by default before 0.7.</summary>
internal static class Lzf
{
    /// <summary>The filter's number in files.</summary>
    internal const int Number = 32000;

    /// <summary>Unpacks one block.</summary>
    /// <returns>Number of bytes written; 0 where the block is damaged, -1 where it is larger than the destination.</returns>
    internal static int Unpack(ReadOnlySpan<byte> packed, Span<byte> destination)
    {
        var (from, to) = (0, 0);
        while (from < packed.Length)
        {
            int control = packed[from++];
            if (control < 32)
            {
                var literals = control + 1;
                if (from + literals > packed.Length)
                {
                    return 0;
                }
                if (to + literals > destination.Length)
                {
                    return -1;
                }
                packed.Slice(from, literals).CopyTo(destination[to..]);
                (from, to) = (from + literals, to + literals);
                continue;
            }
            // A reference: three bits of length (7: one more byte follows) and thirteen of distance.
            var length = control >> 5;
            if (from + (length == 7 ? 2 : 1) > packed.Length)
            {
                return 0;
            }
            length += 2 + (length == 7 ? packed[from++] : 0);
            var source = to - ((control & 31) << 8) - packed[from++] - 1;
            if (source < 0)
            {
                return 0;
            }
            if (to + length > destination.Length)
            {
                return -1;
            }
            // Byte by byte: a reference may overlap what it writes.
            for (var end = to + length; to < end; to++)
            {
                destination[to] = destination[source++];
            }
        }
        return to;
    }
}
