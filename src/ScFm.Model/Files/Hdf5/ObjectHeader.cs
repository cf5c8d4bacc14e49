namespace ScFm.Model.Files.Hdf5;

/// <summary>The header of a group, a dataset or a named type: its messages, of both versions of headers.</summary>
internal sealed class ObjectHeader
{
    private const string What = "an object header";
    private const int Shared = 2;

    private readonly Hdf5Image image;
    private readonly List<HeaderMessage> messages = [];
    private readonly Queue<(long Address, long Length)> rest = [];
    private readonly HashSet<long> seen = [];
    private readonly int depth;
    private long left;

    private ObjectHeader(Hdf5Image image, int depth) => (this.image, this.depth, left) = (image, depth, image.Length);

    /// <summary>Reads a header with all its continuations.</summary>
    internal static ObjectHeader Read(Hdf5Image image, long address) => Read(image, address, 0);

    /// <summary>The first message of a kind, or null.</summary>
    internal HeaderMessage? Find(int kind) => messages.Find(message => message.Kind == kind);

    /// <summary>All messages of a kind.</summary>
    internal IEnumerable<HeaderMessage> All(int kind) => messages.Where(message => message.Kind == kind);

    /// <summary>A message's body, to be taken apart.</summary>
    internal Hdf5Cursor Open(HeaderMessage message, string what) => new(message.Body, image, what);

    /// <summary>What a type or space that is kept elsewhere says: the message of that kind in the header that the reference names.</summary>
    internal static byte[] Follow(Hdf5Image image, Hdf5Cursor reference, int kind, int depth)
    {
        var (version, type) = (reference.Byte(), reference.Byte());
        if (version == 3 && type == 1 || depth > 2)
        {
            throw image.Damage("a shared message in a heap of messages, which is not read");
        }
        reference.Skip(version == 1 ? 6 : 0);
        return Read(image, reference.Address(), depth + 1).Find(kind)?.Body ?? throw image.Damage("a reference to a type that is not there");
    }

    private static ObjectHeader Read(Hdf5Image image, long address, int depth)
    {
        var header = new ObjectHeader(image, depth);
        var prefix = image.UpTo(address, 64, What);
        if (prefix.Left > 4 && prefix.Bytes(4).SequenceEqual("OHDR"u8))
        {
            header.ReadNew(address);
        }
        else
        {
            header.ReadOld(address);
        }
        return header;
    }

    private void ReadOld(long address)
    {
        var prefix = image.At(address, 16, What);
        prefix.ExpectByte(1, "version");
        prefix.Skip(7);
        rest.Enqueue((address + 16, prefix.UInt32()));
        while (rest.TryDequeue(out var block))
        {
            ExpectNew(block.Address, block.Length);
            for (var cursor = image.At(block.Address, block.Length, What); cursor.Left >= 8;)
            {
                var (kind, size, flags) = (cursor.UInt16(), cursor.UInt16(), cursor.Byte());
                cursor.Skip(3);
                Add(kind, flags, cursor.Bytes(size));
            }
        }
    }

    private void ReadNew(long address)
    {
        var prefix = image.UpTo(address, 64, What);
        prefix.Skip(4);
        prefix.ExpectByte(2, "version");
        var flags = prefix.Byte();
        prefix.Skip(((flags & 0x20) != 0 ? 16 : 0) + ((flags & 0x10) != 0 ? 4 : 0));
        var size = prefix.Number(1 << (flags & 3));
        var ordered = (flags & 4) != 0;
        ExpectNew(address, size);
        ReadMessages(address, prefix.Position, prefix.Position + size, ordered);
        while (rest.TryDequeue(out var block))
        {
            ExpectNew(block.Address, block.Length);
            var signature = image.At(block.Address, 4, "a continued object header");
            signature.ExpectSignature("OCHK");
            ReadMessages(block.Address, 4, block.Length - 4, ordered);
        }
    }

    // A block of messages of version 2: what is left over is too small for a message, and a checksum ends it.
    private void ReadMessages(long address, long from, long end, bool ordered)
    {
        var block = image.At(address, end + 4, What);
        block.Skip(end);
        block.ExpectChecksum();
        var cursor = image.At(address, end, What);
        cursor.Skip(from);
        for (var least = ordered ? 6 : 4; cursor.Left >= least;)
        {
            var (kind, size, flags) = (cursor.Byte(), cursor.UInt16(), cursor.Byte());
            cursor.Skip(ordered ? 2 : 0);
            Add(kind, flags, cursor.Bytes(size));
        }
    }

    private void Add(int kind, int flags, ReadOnlySpan<byte> body)
    {
        var cursor = new Hdf5Cursor(body, image, "a header message");
        if (kind == HeaderMessage.Continuation)
        {
            rest.Enqueue((cursor.Address(), cursor.Length()));
        }
        else if ((flags & Shared) != 0)
        {
            // Of what may be shared only types and spaces are needed, of each the first; another message is left out until somebody asks for it.
            if (kind is HeaderMessage.Datatype or HeaderMessage.Dataspace && Find(kind) is null)
            {
                messages.Add(new HeaderMessage(kind, Follow(image, cursor, kind, depth)));
            }
        }
        else if (kind != HeaderMessage.Nil)
        {
            messages.Add(new HeaderMessage(kind, body.ToArray()));
        }
    }

    // Blocks that name one another, or lie in one another, would be read without end.
    private void ExpectNew(long address, long length)
    {
        left -= Math.Min(length, left + 1);
        if (!seen.Add(address) || left < 0)
        {
            throw image.Damage($"an object header with the block of {length} bytes at {address} twice, or with more blocks than the file has room for");
        }
    }
}
