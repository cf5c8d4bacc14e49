namespace ScFm.Model.Files.Hdf5;

/// <summary>Walks a B-tree of version 1, which old groups and the chunks of most datasets are kept in.</summary>
internal static class BtreeV1
{
    internal const byte OfGroups = 0;
    internal const byte OfChunks = 1;

    /// <summary>Visits the leaves in order; a node that is met twice is an error.</summary>
    /// <param name="image">The file.</param>
    /// <param name="root">Where the root lies.</param>
    /// <param name="kind">What the tree holds.</param>
    /// <param name="keySize">Bytes of a key.</param>
    /// <param name="visit">Is given each leaf's key and address.</param>
    internal static void Walk(Hdf5Image image, long root, byte kind, int keySize, Action<byte[], long> visit) =>
        Walk(image, root, kind, keySize, visit, level: null, []);

    private static void Walk(Hdf5Image image, long address, byte kind, int keySize, Action<byte[], long> visit, int? level, HashSet<long> seen)
    {
        const string what = "a B-tree node";
        if (!seen.Add(address))
        {
            throw image.Damage($"{what} at {address} that is met twice");
        }
        var prefix = image.At(address, 8 + 2 * image.AddressSize, what);
        prefix.ExpectSignature("TREE");
        prefix.ExpectByte(kind, "kind");
        var found = prefix.Byte();
        if (level is { } expected && found != expected)
        {
            throw image.Damage($"{what} of level {found}; expected {expected}");
        }
        var count = prefix.UInt16();
        var entries = image.At(address + prefix.Position + 2 * image.AddressSize, (long)count * (keySize + image.AddressSize), what);
        for (var i = 0; i < count; i++)
        {
            var key = entries.Bytes(keySize);
            var child = entries.Address();
            if (found == 0)
            {
                visit(key.ToArray(), child);
            }
            else
            {
                Walk(image, child, kind, keySize, visit, found - 1, seen);
            }
        }
    }
}
