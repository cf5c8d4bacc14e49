namespace ScFm.Model.Files.Hdf5;

/// <summary>Finds the members of a group: in a symbol table (old groups), in its header, or in a heap (groups of many members).</summary>
internal static class GroupLinks
{
    private const int Hard = 0;
    private const int SoftEntry = 2;

    /// <summary>The members' names in ordinal order and where their headers lie; <see cref="Hdf5Image.Nowhere"/> for a link to another name or file.</summary>
    internal static SortedDictionary<string, long> Read(Hdf5Image image, ObjectHeader header)
    {
        var links = new SortedDictionary<string, long>(StringComparer.Ordinal);
        if (header.Find(HeaderMessage.SymbolTable) is { } table)
        {
            var cursor = header.Open(table, "a symbol table");
            ReadTable(image, cursor.Address(), cursor.Address(), links);
        }
        foreach (var link in header.All(HeaderMessage.Link))
        {
            ReadLink(header.Open(link, "a link"), links);
        }
        if (header.Find(HeaderMessage.LinkInfo) is { } info)
        {
            var cursor = header.Open(info, "a group's links");
            cursor.ExpectByte(0, "version");
            cursor.Skip((cursor.Byte() & 1) != 0 ? 8 : 0);
            var (heap, names) = (cursor.Address(), cursor.Address());
            if (heap != Hdf5Image.Nowhere)
            {
                ReadHeap(image, heap, names, links);
            }
        }
        return links;
    }

    private static void ReadTable(Hdf5Image image, long tree, long heap, SortedDictionary<string, long> links)
    {
        var prefix = image.At(heap, 8 + 2 * image.LengthSize + image.AddressSize, "a heap of names");
        prefix.ExpectSignature("HEAP");
        prefix.ExpectByte(0, "version");
        prefix.Skip(3);
        var size = prefix.Length();
        prefix.Skip(image.LengthSize);
        var namesAt = prefix.Address();
        var names = image.At(namesAt, size, "a heap of names").Bytes(size).ToArray();
        var left = size; // names lie apart from one another, so together they are no longer than the heap
        BtreeV1.Walk(image, tree, BtreeV1.OfGroups, image.LengthSize, (_, node) =>
        {
            var symbols = image.UpTo(node, 8, "a symbol node");
            symbols.ExpectSignature("SNOD");
            symbols.ExpectByte(1, "version");
            symbols.Skip(1);
            var count = symbols.UInt16();
            symbols = image.At(node + 8, count * (2L * image.AddressSize + 24), "a symbol node");
            for (var i = 0; i < count; i++)
            {
                var (nameAt, header, cache) = (symbols.Address(), symbols.Address(), symbols.UInt32());
                symbols.Skip(20);
                if (nameAt < 0 || nameAt >= size)
                {
                    throw image.Damage($"a name at {nameAt} of a heap of {size} bytes");
                }
                var text = new Hdf5Cursor(names.AsSpan((int)nameAt), image, "a name");
                var name = text.TextToZero();
                left -= text.Position;
                if (left < 0)
                {
                    throw image.Damage($"names in one another in a heap of {size} bytes");
                }
                Add(image, links, name, cache == SoftEntry ? Hdf5Image.Nowhere : header);
            }
        });
    }

    private static void ReadHeap(Hdf5Image image, long address, long names, SortedDictionary<string, long> links)
    {
        var heap = new FractalHeap(image, address);
        foreach (var record in BtreeV2.Read(image, names).Records)
        {
            ReadLink(heap.Open(record.AsSpan(Math.Min(4, record.Length)), "a link"), links); // after the name's hash
        }
    }

    private static void ReadLink(Hdf5Cursor cursor, SortedDictionary<string, long> links)
    {
        cursor.ExpectByte(1, "version");
        var flags = cursor.Byte();
        var kind = (flags & 8) != 0 ? cursor.Byte() : Hard;
        cursor.Skip(((flags & 4) != 0 ? 8 : 0) + ((flags & 0x10) != 0 ? 1 : 0));
        var name = cursor.Text(cursor.Number(1 << (flags & 3)));
        links[name] = kind == Hard ? cursor.Address() : Hdf5Image.Nowhere;
    }

    private static void Add(Hdf5Image image, SortedDictionary<string, long> links, string name, long header)
    {
        if (name == "" || !links.TryAdd(name, header))
        {
            throw image.Damage($"a group with the name '{name}' twice; expected names that differ and are not empty");
        }
    }
}
