using System.Buffers.Binary;

namespace ScFm.Model.Files.Hdf5;

/// <summary>Finds the chunks of a dataset in any of the indices that HDF5 has.</summary>
internal static class ChunkIndex
{
    /// <summary>All chunks that are stored, by their numbers in the grid.</summary>
    /// <param name="image">The file.</param>
    /// <param name="layout">Where the index lies, and of which kind it is.</param>
    /// <param name="grid">How the chunks are numbered.</param>
    /// <param name="isPacked">True where chunks have been passed through filters.</param>
    /// <param name="chunkBytes">Bytes of a chunk unpacked.</param>
    internal static Dictionary<long, ChunkPlace> Read(Hdf5Image image, DataLayout layout, ChunkGrid grid, bool isPacked, long chunkBytes)
    {
        var places = new Dictionary<long, ChunkPlace>();
        if (layout.Address == Hdf5Image.Nowhere)
        {
            return places;
        }
        switch (layout.Index)
        {
            case DataLayout.ChunkIndexKind.BtreeV1:
                ReadBtreeV1(image, layout, grid, Add);
                break;
            case DataLayout.ChunkIndexKind.Single:
                Add(0, new ChunkPlace(layout.Address, layout.SingleSize > 0 ? layout.SingleSize : chunkBytes, layout.SingleMask));
                break;
            case DataLayout.ChunkIndexKind.Implicit:
                for (var i = 0L; layout.Address + (i + 1) * chunkBytes <= image.Length; i++) // laid out for the largest shape: chunks outside the present one stand between others
                {
                    Add(grid.NumberInArray(i, grows: false), new ChunkPlace(layout.Address + i * chunkBytes, chunkBytes, 0));
                }
                break;
            case DataLayout.ChunkIndexKind.FixedArray:
                FixedArray.Read(image, layout.Address, chunkBytes, (i, place) => Add(grid.NumberInArray(i, grows: false), place));
                break;
            case DataLayout.ChunkIndexKind.ExtensibleArray:
                ExtensibleArray.Read(image, layout.Address, chunkBytes, (i, place) => Add(grid.NumberInArray(i, grows: true), place));
                break;
            default:
                ReadBtreeV2(image, layout, grid, chunkBytes, Add);
                break;
        }
        return places;

        void Add(long number, ChunkPlace place)
        {
            if (!isPacked && place.Size != chunkBytes)
            {
                throw image.Damage($"a chunk of {place.Size} bytes; expected {chunkBytes}");
            }
            if (number < 0 || place.Address == Hdf5Image.Nowhere)
            {
                return;
            }
            image.ExpectInside(place.Address, place.Size, "a chunk");
            if (!places.TryAdd(number, place))
            {
                throw image.Damage("a chunk that is there twice");
            }
        }
    }

    /// <summary>An entry of an array of chunks: an address, and for packed chunks their size and filters.</summary>
    internal static ChunkPlace ReadEntry(ref Hdf5Cursor cursor, Hdf5Image image, int entrySize, long chunkBytes)
    {
        var address = cursor.Address();
        var sizeBytes = entrySize - image.AddressSize - 4;
        return sizeBytes is > 0 and <= 8 ? new ChunkPlace(address, cursor.Number(sizeBytes), cursor.UInt32()) : new ChunkPlace(address, chunkBytes, 0);
    }

    private static void ReadBtreeV1(Hdf5Image image, DataLayout layout, ChunkGrid grid, Action<long, ChunkPlace> add)
    {
        var rank = layout.Chunk.Length;
        BtreeV1.Walk(image, layout.Address, BtreeV1.OfChunks, 8 + 8 * (rank + 1), (key, address) =>
        {
            var first = new long[rank];
            for (var i = 0; i < rank; i++)
            {
                first[i] = BinaryPrimitives.ReadInt64LittleEndian(key.AsSpan(8 + 8 * i));
            }
            add(grid.NumberAt(first), new ChunkPlace(address, BinaryPrimitives.ReadUInt32LittleEndian(key), BinaryPrimitives.ReadUInt32LittleEndian(key.AsSpan(4))));
        });
    }

    private static void ReadBtreeV2(Hdf5Image image, DataLayout layout, ChunkGrid grid, long chunkBytes, Action<long, ChunkPlace> add)
    {
        var rank = layout.Chunk.Length;
        var (recordSize, records) = BtreeV2.Read(image, layout.Address);
        foreach (var record in records)
        {
            var cursor = new Hdf5Cursor(record, image, "a chunk's record");
            var place = ReadEntry(ref cursor, image, recordSize - 8 * rank, chunkBytes);
            var first = new long[rank];
            for (var i = 0; i < rank; i++)
            {
                var part = cursor.Number(8);
                first[i] = part <= long.MaxValue / layout.Chunk[i] ? part * layout.Chunk[i] : throw image.Damage($"a chunk at {part} times {layout.Chunk[i]}");
            }
            add(grid.NumberAt(first), place);
        }
    }
}
