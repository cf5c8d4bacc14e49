using System.Numerics;

namespace ScFm.Model.Files.Hdf5;

/// <summary>Walks a B-tree of version 2, which large groups, many attributes and chunks with two growing dimensions are kept in.</summary>
internal sealed class BtreeV2
{
    private const string What = "a B-tree node";
    private const int NodeOverhead = 10;

    private readonly Hdf5Image image;
    private readonly HashSet<long> seen = [];
    private readonly byte kind;
    private readonly int nodeSize;
    private readonly int depth;
    private readonly long root;
    private readonly int rootCount;
    private readonly int countSize;
    private readonly int[] totalSizes;

    private BtreeV2(Hdf5Image image, long address)
    {
        this.image = image;
        var header = image.At(address, 22 + image.AddressSize + image.LengthSize, "a B-tree");
        header.ExpectSignature("BTHD");
        header.ExpectByte(0, "version");
        kind = header.Byte();
        (nodeSize, RecordSize, depth) = ((int)Math.Min(header.UInt32(), 1 << 30), header.UInt16(), header.UInt16());
        header.Skip(2);
        (root, rootCount) = (header.Address(), header.UInt16());
        header.Skip(image.LengthSize);
        header.ExpectChecksum();
        if (RecordSize == 0 || nodeSize <= NodeOverhead + RecordSize || depth > 32)
        {
            throw image.Damage($"a B-tree of depth {depth} with nodes of {nodeSize} and records of {RecordSize} bytes");
        }
        var leafRecords = (nodeSize - NodeOverhead) / RecordSize;
        countSize = BytesFor(leafRecords);
        totalSizes = new int[depth + 1];
        var total = (UInt128)leafRecords;
        for (var level = 1; level <= depth; level++)
        {
            var pointer = image.AddressSize + countSize + totalSizes[level - 1];
            var records = (nodeSize - NodeOverhead - pointer) / (RecordSize + pointer);
            total = UInt128.Min((UInt128)(records + 1) * total + (UInt128)records, ulong.MaxValue);
            totalSizes[level] = BytesFor((ulong)total);
        }
    }

    /// <summary>Bytes of a record.</summary>
    internal int RecordSize { get; }

    /// <summary>All records, in order.</summary>
    internal static (int RecordSize, List<byte[]> Records) Read(Hdf5Image image, long address)
    {
        var tree = new BtreeV2(image, address);
        var records = new List<byte[]>();
        if (tree.root != Hdf5Image.Nowhere)
        {
            tree.Walk(tree.root, tree.rootCount, tree.depth, records);
        }
        return (tree.RecordSize, records);
    }

    private void Walk(long address, int count, int level, List<byte[]> records)
    {
        if (!seen.Add(address))
        {
            throw image.Damage($"{What} at {address} that is met twice");
        }
        var pointer = level == 0 ? 0 : image.AddressSize + countSize + totalSizes[level - 1];
        var node = image.At(address, NodeOverhead + (long)count * RecordSize + (level == 0 ? 0 : (long)(count + 1) * pointer), What);
        node.ExpectSignature(level == 0 ? "BTLF" : "BTIN");
        node.ExpectByte(0, "version");
        node.ExpectByte(kind, "kind");
        var own = new byte[count][];
        for (var i = 0; i < count; i++)
        {
            own[i] = node.Bytes(RecordSize).ToArray();
        }
        for (var i = 0; i <= count; i++)
        {
            if (level > 0)
            {
                var (child, childCount) = (node.Address(), (int)Math.Min(node.Number(countSize), ushort.MaxValue));
                node.Skip(totalSizes[level - 1]);
                Walk(child, childCount, level - 1, records);
            }
            if (i < count)
            {
                records.Add(own[i]);
            }
        }
        node.ExpectChecksum();
    }

    private static int BytesFor(ulong most) => most == 0 ? 1 : BitOperations.Log2(most) / 8 + 1;

    private static int BytesFor(int most) => BytesFor((ulong)most);
}
