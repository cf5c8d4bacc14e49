using System.Buffers;
using ScFm.Model.Cells;

namespace ScFm.Model.Corpora.Store;

public sealed partial class CorpusStore
{
    /// <summary>Number of stored values of a cell.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such cell.</exception>
    public int ValuesOf(int cell)
    {
        var (shard, row) = Find(cell);
        return shard.ValuesOf(row);
    }

    /// <summary>Says where the values of each of some cells will lie when they are gathered one after another.</summary>
    /// <param name="cells">Which cells, in any order; one may be named twice.</param>
    /// <param name="offsets">One more than there are cells: gets where each begins, and at the end the number of values.</param>
    /// <returns>The number of values: what <see cref="Gather(ReadOnlySpan{int}, Span{int}, Span{float})"/> needs room for.</returns>
    /// <exception cref="ArgumentException">There is another number of offsets.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such cell.</exception>
    public long Measure(ReadOnlySpan<int> cells, Span<long> offsets)
    {
        if (offsets.Length != cells.Length + 1)
        {
            throw new ArgumentException($"There are {offsets.Length} offsets for {cells.Length} cells; expected {cells.Length + 1}.");
        }
        offsets[0] = 0;
        for (var i = 0; i < cells.Length; i++)
        {
            offsets[i + 1] = offsets[i] + ValuesOf(cells[i]);
        }
        return offsets[^1];
    }

    /// <summary>Reads some cells one after another into the caller's memory, without memory of its own; several threads may gather at once.</summary>
    /// <param name="cells">Which cells, in any order; one may be named twice.</param>
    /// <param name="genes">Gets the gene of each value; room for as many as <see cref="Measure"/> says, or more.</param>
    /// <param name="values">Gets the values; as many.</param>
    /// <returns>The number of values written.</returns>
    /// <exception cref="ArgumentException">There is not enough room.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such cell.</exception>
    /// <exception cref="InvalidDataException">A cell is damaged; the message names it and the file.</exception>
    public int Gather(ReadOnlySpan<int> cells, Span<int> genes, Span<float> values) => GatherInto(cells, genes, values);

    /// <summary>The same with genes as int64, which is how tensors index.</summary>
    /// <inheritdoc cref="Gather(ReadOnlySpan{int}, Span{int}, Span{float})"/>
    public int Gather(ReadOnlySpan<int> cells, Span<long> genes, Span<float> values) => GatherInto(cells, genes, values);

    /// <inheritdoc/>
    public CsrMatrix Read(ReadOnlySpan<int> cells, CancellationToken cancellation = default)
    {
        var offsets = new long[cells.Length + 1];
        var count = Measure(cells, offsets);
        if (count > Array.MaxLength)
        {
            throw new ArgumentOutOfRangeException(nameof(cells), $"{cells.Length:N0} cells have {count:N0} values; expected at most {Array.MaxLength:N0} in one reading.");
        }
        var (genes, values) = (GC.AllocateUninitializedArray<int>((int)count), GC.AllocateUninitializedArray<float>((int)count));
        const int Block = 256;
        for (var first = 0; first < cells.Length; first += Block)
        {
            cancellation.ThrowIfCancellationRequested();
            var at = (int)offsets[first];
            GatherInto(cells.Slice(first, Math.Min(Block, cells.Length - first)), genes.AsSpan(at), values.AsSpan(at));
        }
        return new CsrMatrix(cells.Length, GeneCount, offsets, genes, values);
    }

    /// <summary>Reads the whole store and holds every file against its checksum.</summary>
    /// <param name="progress">Told the number of cells whose shards are whole. Default: nobody.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="InvalidDataException">A file is missing, cut short or changed; the message names it, what was found and what was expected.</exception>
    public void Verify(IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        Manifest.Read(folder);
        manifest.GeneNames.Check(Path.Combine(folder, StoreFiles.Genes), cancellation);
        manifest.GeneIds?.Check(Path.Combine(folder, StoreFiles.GeneIds), cancellation);
        manifest.CellNames.Check(Path.Combine(folder, StoreFiles.Cells), cancellation);
        for (var i = 0; i < manifest.Columns.Count; i++)
        {
            manifest.Columns[i].File.Check(Path.Combine(folder, StoreFiles.Column(i)), cancellation);
        }
        var cells = 0;
        for (var i = 0; i < manifest.Shards.Count; i++)
        {
            manifest.Shards[i].File.Check(Path.Combine(folder, Shard.FileName(i)), cancellation);
            progress?.Report(cells += manifest.Shards[i].Cells);
        }
    }

    private int GatherInto<T>(ReadOnlySpan<int> cells, Span<T> genes, Span<float> values) where T : unmanaged
    {
        var (at, record) = (0, ArrayPool<byte>.Shared.Rent(1 << 14));
        try
        {
            foreach (var cell in cells)
            {
                var (shard, row) = Find(cell);
                var (bytes, count) = (shard.BytesOf(row), shard.ValuesOf(row));
                if (count > genes.Length - at || count > values.Length - at)
                {
                    throw new ArgumentException($"There is room for {Math.Min(genes.Length, values.Length):N0} values; expected at least {at + count:N0}.");
                }
                if (bytes > record.Length)
                {
                    ArrayPool<byte>.Shared.Return(record);
                    record = ArrayPool<byte>.Shared.Rent(bytes);
                }
                shard.Read(row, cell, record.AsSpan(0, bytes), genes.Slice(at, count), values.Slice(at, count));
                at += count;
            }
            return at;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(record);
        }
    }

    private (Shard Shard, int Row) Find(int cell)
    {
        if ((uint)cell >= (uint)manifest.Cells)
        {
            throw new ArgumentOutOfRangeException(nameof(cell), $"There is no cell {cell} in corpus '{Name}'; expected 0 to {manifest.Cells - 1}.");
        }
        var (number, row) = Math.DivRem(cell, manifest.CellsPerShard);
        return (Volatile.Read(ref shards[number]) ?? OpenShard(number), row);
    }

    private Shard OpenShard(int number)
    {
        lock (opening)
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            return shards[number] ??= Shard.Open(Path.Combine(folder, Shard.FileName(number)), manifest.Shards[number], layout);
        }
    }
}
