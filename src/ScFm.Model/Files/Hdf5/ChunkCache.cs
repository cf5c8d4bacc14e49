namespace ScFm.Model.Files.Hdf5;

/// <summary>Keeps the chunks that were unpacked last, up to so many bytes; of those given at the same moment at least one.</summary>
internal sealed class ChunkCache(long budget)
{
    private readonly Dictionary<long, LinkedListNode<(long Number, byte[] Bytes)>> places = [];
    private readonly LinkedList<(long Number, byte[] Bytes)> latest = [];
    private readonly Lock gate = new();
    private long held;

    internal byte[]? Find(long number)
    {
        lock (gate)
        {
            if (!places.TryGetValue(number, out var node))
            {
                return null;
            }
            latest.Remove(node);
            latest.AddFirst(node);
            return node.Value.Bytes;
        }
    }

    internal void Keep(long number, byte[] bytes)
    {
        lock (gate)
        {
            if (!places.TryAdd(number, latest.AddFirst((number, bytes))))
            {
                latest.RemoveFirst(); // another thread unpacked it too
                return;
            }
            held += bytes.LongLength;
            while (held > budget && latest.Count > 1)
            {
                var (oldest, content) = latest.Last!.Value;
                latest.RemoveLast();
                places.Remove(oldest);
                held -= content.LongLength;
            }
        }
    }
}
