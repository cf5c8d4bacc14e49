namespace ScFm.Model.Files.Hdf5;

/// <summary>Where the elements of a dataset lie: in its header, in one piece, or in chunks.</summary>
/// <param name="Kind">Which of the three.</param>
/// <param name="Address">Where the piece, or the index of the chunks, lies.</param>
/// <param name="Content">The elements themselves, where they lie in the header.</param>
/// <param name="Chunk">The shape of a chunk.</param>
/// <param name="Index">How the chunks are found.</param>
/// <param name="SingleSize">Bytes of a single chunk as stored; 0 where it is as large as unpacked.</param>
/// <param name="SingleMask">Which filters the single chunk was not passed through.</param>
internal sealed record DataLayout(DataLayout.Storage Kind, long Address, byte[] Content, long[] Chunk, DataLayout.ChunkIndexKind Index, long SingleSize = 0, uint SingleMask = 0)
{
    private const string What = "a dataset's layout";

    internal enum Storage { Compact = 0, Contiguous = 1, Chunked = 2 }

    internal enum ChunkIndexKind { BtreeV1 = 0, Single = 1, Implicit = 2, FixedArray = 3, ExtensibleArray = 4, BtreeV2 = 5 }

    internal static DataLayout Parse(Hdf5Image image, Hdf5Cursor cursor)
    {
        var version = cursor.Byte();
        return version switch
        {
            1 or 2 => ParseOld(image, cursor),
            3 or 4 => ParseNew(image, cursor, version),
            _ => throw image.Damage($"{What} of version {version}; expected 1 to 4"),
        };
    }

    private static DataLayout ParseOld(Hdf5Image image, Hdf5Cursor cursor)
    {
        var rank = cursor.Byte();
        var kind = ParseKind(image, cursor.Byte());
        cursor.Skip(5);
        var address = kind == Storage.Compact ? Hdf5Image.Nowhere : cursor.Address();
        var sizes = Sizes(ref cursor, rank, 4);
        return kind switch
        {
            Storage.Compact => new DataLayout(kind, address, cursor.Bytes(cursor.UInt32()).ToArray(), [], default),
            Storage.Contiguous => new DataLayout(kind, address, [], [], default),
            _ => new DataLayout(kind, address, [], ChunkShape(image, sizes), ChunkIndexKind.BtreeV1),
        };
    }

    private static DataLayout ParseNew(Hdf5Image image, Hdf5Cursor cursor, int version)
    {
        var kind = ParseKind(image, cursor.Byte());
        switch (kind)
        {
            case Storage.Compact:
                return new DataLayout(kind, Hdf5Image.Nowhere, cursor.Bytes(cursor.UInt16()).ToArray(), [], default);
            case Storage.Contiguous:
                return new DataLayout(kind, cursor.Address(), [], [], default);
            case Storage.Chunked when version == 3:
                var rank = cursor.Byte();
                var tree = cursor.Address();
                return new DataLayout(kind, tree, [], ChunkShape(image, Sizes(ref cursor, rank, 4)), ChunkIndexKind.BtreeV1);
            default:
                return ParseIndexed(image, cursor);
        }
    }

    private static DataLayout ParseIndexed(Hdf5Image image, Hdf5Cursor cursor)
    {
        var (flags, rank, width) = (cursor.Byte(), cursor.Byte(), cursor.Byte());
        if (width is 0 or > 8)
        {
            throw image.Damage($"{What} with sizes of {width} bytes; expected 1 to 8");
        }
        var chunk = ChunkShape(image, Sizes(ref cursor, rank, width));
        var index = (ChunkIndexKind)cursor.Byte();
        var (size, mask) = (0L, 0u);
        switch (index)
        {
            case ChunkIndexKind.Single when (flags & 2) != 0:
                (size, mask) = (cursor.Length(), cursor.UInt32());
                break;
            case ChunkIndexKind.Single or ChunkIndexKind.Implicit:
                break;
            case ChunkIndexKind.FixedArray:
                cursor.Skip(1);
                break;
            case ChunkIndexKind.ExtensibleArray:
                cursor.Skip(5);
                break;
            case ChunkIndexKind.BtreeV2:
                cursor.Skip(6);
                break;
            default:
                throw image.Damage($"chunks in an index of kind {(int)index}; expected 1 to 5");
        }
        return new DataLayout(Storage.Chunked, cursor.Address(), [], chunk, index, size, mask);
    }

    private static Storage ParseKind(Hdf5Image image, byte kind) => kind <= (byte)Storage.Chunked
        ? (Storage)kind
        : throw image.Damage($"{What} of kind {kind}; expected data in the header, in one piece or in chunks of this file");

    private static long[] Sizes(ref Hdf5Cursor cursor, int rank, int width)
    {
        var sizes = new long[rank];
        for (var i = 0; i < rank; i++)
        {
            sizes[i] = cursor.Number(width);
        }
        return sizes;
    }

    // The last number is the size of an element.
    private static long[] ChunkShape(Hdf5Image image, long[] sizes) =>
        sizes.Length > 1 && Array.TrueForAll(sizes, size => size is > 0 and <= uint.MaxValue) ? sizes[..^1] : throw image.Damage($"chunks of the shape [{string.Join(", ", sizes)}]; expected at least an element");
}
