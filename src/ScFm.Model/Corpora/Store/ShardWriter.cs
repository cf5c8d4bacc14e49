using System.Runtime.InteropServices;

namespace ScFm.Model.Corpora.Store;

/// <summary>Takes the cells of one shard in the order they come, and writes the shard in the order they belong.</summary>
/// <remarks>What comes is kept in a file of its own, so that many shards can be filled at once in little memory.</remarks>
internal sealed class ShardWriter
{
    private const int CopyBytes = 1 << 20;

    private readonly string incoming;
    private readonly long[] starts;
    private readonly int[] lengths;
    private readonly StoredValues[] types;
    private readonly int bufferBytes;
    private byte[] buffer = [];
    private int buffered;
    private long written;
    private int arrived;
    private long values;

    /// <summary>Begins a shard.</summary>
    /// <param name="incoming">The file for what comes; deleted when the shard is written.</param>
    /// <param name="cells">Cells of the shard.</param>
    /// <param name="bufferBytes">Bytes kept in memory until they are written.</param>
    public ShardWriter(string incoming, int cells, int bufferBytes)
    {
        (this.incoming, this.bufferBytes) = (incoming, bufferBytes);
        (starts, lengths, types) = (new long[cells], new int[cells], new StoredValues[cells]);
    }

    /// <summary>True when all cells have come.</summary>
    public bool IsFull => arrived == starts.Length;

    /// <summary>Cells of the shard.</summary>
    public int Cells => starts.Length;

    /// <summary>Takes a cell.</summary>
    /// <param name="row">Its place in the shard.</param>
    /// <param name="record">Its bytes.</param>
    /// <param name="type">The type of its values.</param>
    /// <param name="count">Number of its values.</param>
    public void Add(int row, ReadOnlySpan<byte> record, StoredValues type, int count)
    {
        if (buffered > 0 && buffered + record.Length > bufferBytes)
        {
            Flush();
        }
        if (buffered + record.Length > buffer.Length)
        {
            Array.Resize(ref buffer, Math.Max(bufferBytes, record.Length));
        }
        record.CopyTo(buffer.AsSpan(buffered));
        (starts[row], lengths[row], types[row]) = (written + buffered, record.Length, type);
        (buffered, arrived, values) = (buffered + record.Length, arrived + 1, values + count);
    }

    /// <summary>Writes the shard, when all cells have come, and says what the manifest needs to know.</summary>
    public ShardEntry Finish(string path, CancellationToken cancellation)
    {
        Flush();
        buffer = [];
        var index = Index();
        var checksum = Checksum.Of(index);
        var entry = new ShardEntry(Cells, values, new StoreFile(index.Length + written, ""), Checksum.Text(checksum), types.CountBy(type => type).OrderBy(type => type.Key).ToDictionary());
        using (var source = File.OpenHandle(incoming))
        using (var target = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, CopyBytes))
        {
            target.Write(index);
            var record = new byte[lengths.Max()];
            for (var row = 0; row < Cells; row++)
            {
                cancellation.ThrowIfCancellationRequested();
                var bytes = record.AsSpan(0, lengths[row]);
                for (var read = 0; read < bytes.Length;)
                {
                    read += RandomAccess.Read(source, bytes[read..], starts[row] + read) is var more and > 0 ? more : throw new EndOfStreamException($"'{incoming}' was cut short by another program.");
                }
                target.Write(bytes);
                checksum = Checksum.Of(bytes, checksum);
            }
        }
        File.Delete(incoming);
        return entry with { File = entry.File with { Checksum = Checksum.Text(checksum) } };
    }

    private byte[] Index()
    {
        var ends = new uint[Cells + 1];
        for (var row = 0; row < Cells; row++)
        {
            ends[row + 1] = ends[row] + (uint)lengths[row];
        }
        return [.. MemoryMarshal.AsBytes<uint>(ends), .. types.Select(type => (byte)type)];
    }

    // Opened for each block: a corpus of many shards would otherwise hold more files open than a process may.
    private void Flush()
    {
        using var file = File.OpenHandle(incoming, FileMode.OpenOrCreate, FileAccess.Write);
        RandomAccess.Write(file, buffer.AsSpan(0, buffered), written);
        (written, buffered) = (written + buffered, 0);
    }
}
