using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ScFm.Model.Corpora.Store;

/// <summary>An open shard: a file that begins with its index, where each cell's record lies and in which type its values are, and goes on with the records.</summary>
/// <remarks>
/// Records are read by position. A mapping of the file was measured beside it: random cells touch every page, so that the mapping's pages must be
/// given back all the time to keep memory small, which costs more than the copy does; and a mapped file that another process cuts short ends this one.
/// </remarks>
internal sealed class Shard : IDisposable
{
    private readonly string path;
    private readonly SafeFileHandle file;
    private readonly RecordLayout layout;
    private readonly uint[] offsets;
    private readonly StoredValues[] types;

    private Shard(string path, SafeFileHandle file, RecordLayout layout, uint[] offsets, StoredValues[] types) =>
        (this.path, this.file, this.layout, this.offsets, this.types) = (path, file, layout, offsets, types);

    /// <summary>A shard's file name.</summary>
    public static string FileName(int shard) => $"shard-{shard:00000}.bin";

    /// <summary>Bytes of the index.</summary>
    public static long IndexBytes(int cells) => (cells + 1L) * sizeof(uint) + cells;

    /// <summary>Opens a shard and checks its length and its index; the records are checked as they are read.</summary>
    /// <exception cref="InvalidDataException">It is missing, cut short or damaged, or contradicts the manifest.</exception>
    public static Shard Open(string path, ShardEntry entry, RecordLayout layout)
    {
        entry.File.CheckLength(path);
        InvalidDataException Bad(string found, string expected) => new($"The index of '{path}' has {found}; expected {expected}.");
        if (entry.File.Bytes < IndexBytes(entry.Cells))
        {
            throw new InvalidDataException($"'{path}' has {entry.File.Bytes:N0} bytes; expected at least {IndexBytes(entry.Cells):N0} for {entry.Cells:N0} cells.");
        }
        var file = File.OpenHandle(path, options: FileOptions.RandomAccess);
        try
        {
            var (offsets, types) = (new uint[entry.Cells + 1], new StoredValues[entry.Cells]);
            var index = new byte[IndexBytes(entry.Cells)];
            Fill(file, index, 0, path);
            if (Checksum.Text(Checksum.Of(index)) is var found && found != entry.Index)
            {
                throw Bad($"the checksum {found}", entry.Index);
            }
            var end = index.AsSpan(0, offsets.Length * sizeof(uint));
            end.CopyTo(MemoryMarshal.AsBytes(offsets.AsSpan()));
            var values = 0L;
            for (var i = 0; i < types.Length; i++)
            {
                types[i] = (StoredValues)index[end.Length + i];
                var count = types[i] is > StoredValues.Smallest and <= StoredValues.Float32 ? layout.Values((long)offsets[i + 1] - offsets[i], types[i]) : -1;
                values += count >= 0 ? count : throw Bad($"{(long)offsets[i + 1] - offsets[i]} bytes of type {index[end.Length + i]} for its cell {i}", "the length of a whole number of values");
            }
            return offsets[0] != 0 || index.Length + (long)offsets[^1] != entry.File.Bytes ? throw Bad($"records at {offsets[0]} to {offsets[^1]}", $"0 to {entry.File.Bytes - index.Length}")
                : values != entry.Values ? throw Bad($"{values} values", $"{entry.Values}")
                : new Shard(path, file, layout, offsets, types);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Stored values of a cell.</summary>
    /// <param name="row">The cell's place in the shard.</param>
    public int ValuesOf(int row) => layout.Values((long)offsets[row + 1] - offsets[row], types[row]);

    /// <summary>Bytes of a cell's record.</summary>
    /// <param name="row">The cell's place in the shard.</param>
    public int BytesOf(int row) => (int)(offsets[row + 1] - offsets[row]);

    /// <summary>Reads a cell.</summary>
    /// <typeparam name="T">The type of the gene indices: int or long.</typeparam>
    /// <param name="row">The cell's place in the shard.</param>
    /// <param name="cell">The cell's place in the store.</param>
    /// <param name="record">Room for <see cref="BytesOf"/>.</param>
    /// <param name="genes">Room for <see cref="ValuesOf"/> gene indices.</param>
    /// <param name="values">Room for as many values.</param>
    /// <exception cref="InvalidDataException">The record is damaged, or the file was cut short since it was opened.</exception>
    public void Read<T>(int row, int cell, Span<byte> record, Span<T> genes, Span<float> values) where T : unmanaged
    {
        Fill(file, record, IndexBytes(types.Length) + offsets[row], path);
        if (!layout.TryDecode(cell, record, types[row], genes, values, out var fault))
        {
            throw new InvalidDataException($"Cell {cell} in '{path}' {fault}.");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();

    private static void Fill(SafeFileHandle file, Span<byte> bytes, long at, string path)
    {
        while (bytes.Length > 0)
        {
            var read = RandomAccess.Read(file, bytes, at);
            if (read == 0)
            {
                throw new InvalidDataException($"'{path}' ends at {at:N0} bytes; expected {bytes.Length:N0} more.");
            }
            bytes = bytes[read..];
            at += read;
        }
    }
}
