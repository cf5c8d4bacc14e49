using System.Numerics;

namespace ScFm.Model.Files.Hdf5;

/// <summary>Reads an array of chunks that grows along one dimension: an index block, then data blocks that double in size, the later ones under super blocks.</summary>
internal sealed class ExtensibleArray
{
    private const string What = "a growing array of chunks";

    private readonly Hdf5Image image;
    private readonly long chunkBytes;
    private readonly Action<long, ChunkPlace> add;
    private readonly int entrySize;
    private readonly int offsetSize;
    private readonly int indexEntries;
    private readonly int leastEntries;
    private readonly int leastPointers;
    private readonly long pageEntries;
    private readonly long count;
    private readonly long indexBlock;
    private long next;

    private ExtensibleArray(Hdf5Image image, long address, long chunkBytes, Action<long, ChunkPlace> add)
    {
        (this.image, this.chunkBytes, this.add) = (image, chunkBytes, add);
        var header = image.At(address, 16 + 6 * image.LengthSize + image.AddressSize, What);
        header.ExpectSignature("EAHD");
        header.ExpectByte(0, "version");
        header.Skip(1);
        (entrySize, var countBits, indexEntries, leastEntries, leastPointers, var pageBits) = (header.Byte(), header.Byte(), header.Byte(), header.Byte(), header.Byte(), header.Byte());
        header.Skip(4 * image.LengthSize);
        (count, _, indexBlock) = (header.Length(), header.Length(), header.Address());
        header.ExpectChecksum();
        if (!BitOperations.IsPow2(leastEntries) || !BitOperations.IsPow2(leastPointers) || pageBits > 30 || countBits is 0 or > 64)
        {
            throw image.Damage($"{What} with blocks of {leastEntries} entries and {leastPointers} pointers; expected powers of two");
        }
        (offsetSize, pageEntries) = ((countBits + 7) / 8, 1L << pageBits);
    }

    internal static void Read(Hdf5Image image, long address, long chunkBytes, Action<long, ChunkPlace> add)
    {
        var array = new ExtensibleArray(image, address, chunkBytes, add);
        if (array.indexBlock != Hdf5Image.Nowhere)
        {
            array.ReadIndexBlock();
        }
    }

    private void ReadIndexBlock()
    {
        // The first super blocks have no block of their own: their data blocks are named in the index block.
        var inIndex = 2 * BitOperations.Log2((uint)leastPointers);
        var pointers = 2 * (leastPointers - 1);
        var block = image.UpTo(indexBlock, 6 + image.AddressSize + (long)indexEntries * entrySize + (pointers + 64L) * image.AddressSize + 4, What);
        block.ExpectSignature("EAIB");
        block.Skip(2 + image.AddressSize);
        ReadEntries(ref block, indexEntries);
        for (var super = 0; super < inIndex && next < count; super++)
        {
            for (var i = 0L; i < Blocks(super); i++)
            {
                ReadDataBlock(block.Address(), Entries(super), null);
            }
        }
        for (var super = inIndex; next < count; super++)
        {
            ReadSuperBlock(block.Address(), super);
        }
    }

    private void ReadSuperBlock(long address, int super)
    {
        var (blocks, entries) = (Blocks(super), Entries(super));
        if (address == Hdf5Image.Nowhere)
        {
            next += blocks * entries;
            return;
        }
        var bitmapBytes = entries > pageEntries ? blocks * ((entries / pageEntries + 7) / 8) : 0;
        var block = image.At(address, 10 + image.AddressSize + offsetSize + bitmapBytes + blocks * image.AddressSize, What);
        block.ExpectSignature("EASB");
        block.Skip(2 + image.AddressSize + offsetSize);
        var bitmap = block.Bytes(bitmapBytes).ToArray();
        for (var i = 0L; i < blocks; i++)
        {
            // The pages of all blocks have their bits one after another, though the room is whole bytes a block.
            var firstPage = i * (entries / pageEntries);
            ReadDataBlock(block.Address(), entries, bitmapBytes > 0 ? page => (bitmap[(firstPage + page) / 8] & 0x80 >> (int)((firstPage + page) % 8)) != 0 : null);
        }
        block.ExpectChecksum();
    }

    private void ReadDataBlock(long address, long entries, Func<long, bool>? isInUse)
    {
        if (address == Hdf5Image.Nowhere || next >= count)
        {
            next += entries;
            return;
        }
        var prefixSize = 6 + image.AddressSize + offsetSize;
        var block = image.At(address, prefixSize + (isInUse is null ? entries * entrySize : 0) + 4, What);
        block.ExpectSignature("EADB");
        block.Skip(prefixSize - 4);
        if (isInUse is null)
        {
            ReadEntries(ref block, entries);
            block.ExpectChecksum();
            return;
        }
        block.ExpectChecksum();
        for (var page = 0L; page < entries / pageEntries; page++)
        {
            if (!isInUse(page))
            {
                next += pageEntries;
                continue;
            }
            var cursor = image.At(address + prefixSize + 4 + page * (pageEntries * entrySize + 4), pageEntries * entrySize + 4, What);
            ReadEntries(ref cursor, pageEntries);
            cursor.ExpectChecksum();
        }
    }

    private void ReadEntries(ref Hdf5Cursor cursor, long entries)
    {
        for (var i = 0L; i < entries; i++)
        {
            add(next++, ChunkIndex.ReadEntry(ref cursor, image, entrySize, chunkBytes));
        }
    }

    private long Blocks(int super) => 1L << Math.Min(super / 2, 40);

    private long Entries(int super) => (long)leastEntries << Math.Min((super + 1) / 2, 40);
}
