namespace ScFm.Model.Files.Hdf5;

/// <summary>A small value beside a group or a dataset.</summary>
internal sealed record Hdf5Attribute(string Name, Datatype Type, Dataspace Space, byte[] Content)
{
    private const string What = "an attribute";

    /// <summary>All attributes of an object, by name.</summary>
    internal static Dictionary<string, Hdf5Attribute> ReadAll(Hdf5Image image, ObjectHeader header)
    {
        var all = new Dictionary<string, Hdf5Attribute>();
        foreach (var message in header.All(HeaderMessage.Attribute))
        {
            Add(Parse(image, header.Open(message, What)));
        }
        if (header.Find(HeaderMessage.AttributeInfo) is { } info)
        {
            var cursor = header.Open(info, "an object's attributes");
            cursor.ExpectByte(0, "version");
            cursor.Skip((cursor.Byte() & 1) != 0 ? 2 : 0);
            var (heapAt, names) = (cursor.Address(), cursor.Address());
            if (heapAt != Hdf5Image.Nowhere)
            {
                var heap = new FractalHeap(image, heapAt);
                foreach (var record in BtreeV2.Read(image, names).Records)
                {
                    Add(Parse(image, heap.Open(record, What)));
                }
            }
        }
        return all;

        void Add(Hdf5Attribute attribute) => all[attribute.Name] = attribute;
    }

    private static Hdf5Attribute Parse(Hdf5Image image, Hdf5Cursor cursor)
    {
        var (version, flags) = (cursor.Byte(), cursor.Byte());
        if (version is < 1 or > 3)
        {
            throw image.Damage($"{What} of version {version}; expected 1 to 3");
        }
        var (nameSize, typeSize, spaceSize) = (cursor.UInt16(), cursor.UInt16(), cursor.UInt16());
        cursor.Skip(version == 3 ? 1 : 0);
        var name = Part(ref cursor, nameSize).Text(nameSize);
        var typePart = Part(ref cursor, typeSize);
        var spacePart = Part(ref cursor, spaceSize);
        var type = Datatype.Parse(image, version > 1 && (flags & 1) != 0 ? new Hdf5Cursor(ObjectHeader.Follow(image, typePart, HeaderMessage.Datatype, 0), image, What) : typePart);
        var space = Dataspace.Parse(image, version > 1 && (flags & 2) != 0 ? new Hdf5Cursor(ObjectHeader.Follow(image, spacePart, HeaderMessage.Dataspace, 0), image, What) : spacePart);
        if (space.Count > cursor.Left / type.Size)
        {
            throw image.Damage($"the attribute '{name}' of {space.Count} values of {type.Size} bytes in {cursor.Left} bytes");
        }
        return new Hdf5Attribute(name, type, space, cursor.Bytes(space.Count * type.Size).ToArray());

        // Only the first version fills its parts up to eight bytes.
        Hdf5Cursor Part(ref Hdf5Cursor from, int size)
        {
            var part = from.Part(size, What);
            from.Skip(version == 1 ? Math.Min(from.Left, -size & 7) : 0);
            return part;
        }
    }
}
