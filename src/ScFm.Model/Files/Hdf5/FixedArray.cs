namespace ScFm.Model.Files.Hdf5;

/// <summary>Reads an array of chunks that does not grow.</summary>
internal static class FixedArray
{
    private const string What = "an array of chunks";

    internal static void Read(Hdf5Image image, long address, long chunkBytes, Action<long, ChunkPlace> add)
    {
        var header = image.At(address, 12 + image.LengthSize + image.AddressSize, What);
        header.ExpectSignature("FAHD");
        header.ExpectByte(0, "version");
        header.Skip(1);
        var (entrySize, pageBits, count, block) = (header.Byte(), header.Byte(), header.Length(), header.Address());
        header.ExpectChecksum();
        if (pageBits > 30)
        {
            throw image.Damage($"{What} with pages of 2^{pageBits} entries");
        }
        if (block == Hdf5Image.Nowhere)
        {
            return;
        }
        var pageCount = 1L << pageBits;
        var prefixSize = 6 + image.AddressSize;
        if (count <= pageCount)
        {
            var cursor = image.At(block, prefixSize + count * entrySize + 4, What);
            cursor.ExpectSignature("FADB");
            cursor.Skip(prefixSize - 4);
            ReadEntries(ref cursor, 0, count);
            return;
        }
        var pages = (count + pageCount - 1) / pageCount;
        var bitmap = image.At(block, prefixSize + (pages + 7) / 8 + 4, What);
        bitmap.ExpectSignature("FADB");
        bitmap.Skip(prefixSize - 4);
        var used = bitmap.Bytes((pages + 7) / 8);
        bitmap.ExpectChecksum();
        for (var page = 0L; page < pages; page++)
        {
            if ((used[(int)(page / 8)] & 0x80 >> (int)(page % 8)) != 0)
            {
                var entries = Math.Min(pageCount, count - page * pageCount);
                var cursor = image.At(block + prefixSize + (pages + 7) / 8 + 4 + page * (pageCount * entrySize + 4), entries * entrySize + 4, What);
                ReadEntries(ref cursor, page * pageCount, entries);
            }
        }

        void ReadEntries(ref Hdf5Cursor cursor, long first, long entries)
        {
            for (var i = 0L; i < entries; i++)
            {
                add(first + i, ChunkIndex.ReadEntry(ref cursor, image, entrySize, chunkBytes));
            }
            cursor.ExpectChecksum();
        }
    }
}
