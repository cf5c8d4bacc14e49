namespace ScFm.Model.Files.Hdf5;

/// <summary>Keeps the chunks that were unpacked last, up to so many bytes; the last two always, such as the indices and the values of a sparse matrix.</summary>
internal sealed class ChunkCache(long budget)
{
    private const int AlwaysKept = 2;

    private readonly Dictionary<ChunkKey, LinkedListNode<(ChunkKey Key, byte[] Bytes)>> places = [];
    private readonly LinkedList<(ChunkKey Key, byte[] Bytes)> latest = [];
    private readonly Lock gate = new();
    private long held;

    /// <summary>The one of the process: however many files are open, together they keep no more than 32 MB.</summary>
    internal static ChunkCache OfAllFiles { get; } = new(32L << 20);

    /// <summary>Bytes that are kept.</summary>
    internal long Held => Volatile.Read(ref held);

    internal byte[]? Find(ChunkKey key)
    {
        lock (gate)
        {
            if (!places.TryGetValue(key, out var node))
            {
                return null;
            }
            latest.Remove(node);
            latest.AddFirst(node);
            return node.Value.Bytes;
        }
    }

    internal void Keep(ChunkKey key, byte[] bytes)
    {
        lock (gate)
        {
            if (!places.TryAdd(key, latest.AddFirst((key, bytes))))
            {
                latest.RemoveFirst(); // another thread unpacked it too
                return;
            }
            held += bytes.LongLength;
            while (held > budget && latest.Count > AlwaysKept)
            {
                Remove(latest.Last!);
            }
        }
    }

    /// <summary>Lets the chunks of a file go that is closed.</summary>
    internal void Forget(object file)
    {
        lock (gate)
        {
            foreach (var own in places.Where(place => place.Key.File == file).Select(place => place.Value).ToArray())
            {
                Remove(own);
            }
        }
    }

    private void Remove(LinkedListNode<(ChunkKey Key, byte[] Bytes)> node)
    {
        latest.Remove(node);
        places.Remove(node.Value.Key);
        held -= node.Value.Bytes.LongLength;
    }
}
