using System.Numerics;

namespace ScFm.Model.Files.Hdf5;

/// <summary>A heap of links or attributes, in blocks that double in size from row to row.</summary>
internal sealed class FractalHeap
{
    private const string What = "a heap of names";

    private readonly Hdf5Image image;
    private readonly int width;
    private readonly long startSize;
    private readonly int directRows;
    private readonly int offsetSize;
    private readonly int lengthSize;
    private readonly long root;
    private readonly int rootRows;

    internal FractalHeap(Hdf5Image image, long address)
    {
        this.image = image;
        var header = image.At(address, 26 + 12 * image.LengthSize + 3 * image.AddressSize, What);
        header.ExpectSignature("FRHP");
        header.ExpectByte(0, "version");
        header.Skip(2);
        if (header.UInt16() != 0)
        {
            throw image.Damage($"{What} that is compressed, which is not read");
        }
        header.Skip(1);
        var largestObject = header.UInt32();
        header.Skip(10 * image.LengthSize + 2 * image.AddressSize);
        width = header.UInt16();
        (startSize, var largestDirect) = (header.Length(), header.Length());
        var offsetBits = header.UInt16();
        header.Skip(2);
        (root, rootRows) = (header.Address(), header.UInt16());
        header.ExpectChecksum();
        if (width == 0 || startSize <= 0 || largestDirect < startSize || largestDirect > int.MaxValue || !BitOperations.IsPow2(startSize) || !BitOperations.IsPow2(largestDirect) || offsetBits is 0 or > 64)
        {
            throw image.Damage($"{What} of {width} columns and blocks of {startSize} to {largestDirect} bytes; expected powers of two");
        }
        directRows = BitOperations.Log2((ulong)largestDirect) - BitOperations.Log2((ulong)startSize) + 2;
        offsetSize = (offsetBits + 7) / 8;
        lengthSize = Math.Min((BitOperations.Log2((ulong)largestDirect) + 7) / 8, BitOperations.Log2(Math.Max(1, largestObject)) / 8 + 1);
    }

    /// <summary>The object that an identifier names.</summary>
    internal Hdf5Cursor Open(ReadOnlySpan<byte> id, string what)
    {
        var cursor = new Hdf5Cursor(id, image, "a name's identifier");
        var kind = cursor.Byte() >> 4 & 3;
        if (kind != 0)
        {
            throw image.Damage($"{what} kept outside its heap, which is not read");
        }
        var (offset, length) = (cursor.Number(offsetSize), cursor.Number(lengthSize));
        var (address, start) = Block(offset);
        return image.At(address + (offset - start), length, what);
    }

    // The direct block that holds a place of the heap, and the place that it begins at.
    private (long Address, long Start) Block(long offset)
    {
        var (address, start, rows) = (root, 0L, rootRows);
        while (rows > 0)
        {
            var row = Row(offset - start);
            if (row >= rows)
            {
                throw image.Damage($"{What} without the place {offset}");
            }
            var column = (offset - start - RowStart(row)) / Size(row);
            var before = row * (long)width + column;
            var block = image.At(address, 5 + image.AddressSize + offsetSize + (before + 1) * image.AddressSize, What);
            block.ExpectSignature("FHIB");
            block.Skip(1 + image.AddressSize + offsetSize + before * image.AddressSize);
            (address, start) = (block.Address(), start + RowStart(row) + column * Size(row));
            rows = row < directRows ? 0 : BitOperations.Log2((ulong)Size(row)) - BitOperations.Log2((ulong)(startSize * width)) + 1;
        }
        var signature = image.At(address, 4, What);
        signature.ExpectSignature("FHDB");
        return (address, start);
    }

    private int Row(long offset) => offset < startSize * width ? 0 : BitOperations.Log2((ulong)(offset / (startSize * width))) + 1;

    private long RowStart(int row) => row == 0 ? 0 : startSize * width << (row - 1);

    private long Size(int row) => row == 0 ? startSize : startSize << (row - 1);
}
