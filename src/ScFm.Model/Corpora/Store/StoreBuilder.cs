using ScFm.Model.Cells;
using ScFm.Model.Files;
using ScFm.Model.Training;

namespace ScFm.Model.Corpora.Store;

/// <summary>Makes a corpus store: draws the order, reads the cells once, and hands each to the shard that it belongs to.</summary>
internal sealed class StoreBuilder
{
    private const int FirstBlock = 64;
    private const int MostBlock = 1 << 15;
    private const int LeastBuffer = 1 << 12;
    private const int MostBuffer = 1 << 20;
    private const int DiskFull = 28; // ENOSPC
    private const int QuotaFull = 122; // EDQUOT

    private readonly ICellSource source;
    private readonly StoreOptions options;
    private readonly string folder;
    private readonly RecordLayout layout;
    private readonly int cellsPerShard;
    private readonly int[]? places;
    private readonly ShardWriter?[] writers;
    private readonly ShardEntry[] shards;
    private readonly IProgress<int>? progress;
    private readonly CancellationToken cancellation;
    private byte[] record = [];
    private int read;
    private long valuesRead;
    private int placed;

    private StoreBuilder(ICellSource source, string folder, StoreOptions options, IProgress<int>? progress, CancellationToken cancellation)
    {
        (this.source, this.folder, this.options, this.progress, this.cancellation) = (source, folder, options, progress, cancellation);
        layout = new RecordLayout(source.GeneCount);
        cellsPerShard = (int)Math.Clamp(uint.MaxValue / layout.MostBytes, 1, options.CellsPerShard); // a shard's index counts bytes in 32 bits
        shards = new ShardEntry[(int)(((long)source.CellCount + cellsPerShard - 1) / cellsPerShard)];
        writers = new ShardWriter?[shards.Length];
        places = options.Shuffle ? Shuffled(source.CellCount, options.Seed) : null;
    }

    /// <summary>Makes the store; see <see cref="CorpusStore.Build"/>.</summary>
    public static void Build(ICellSource source, string folder, StoreOptions options, IProgress<int>? progress, CancellationToken cancellation)
    {
        if (source.CellCount == 0 || source.GeneCount == 0)
        {
            throw new ArgumentException($"'{source.Name}' has {source.CellCount} cells and {source.GeneCount} genes; expected at least one of each for a corpus.");
        }
        try
        {
            AtomicFolder.Write(folder, temporary => new StoreBuilder(source, temporary, options, progress, cancellation).Write(), StoreFiles.Owns);
        }
        catch (IOException error) when (error.HResult is DiskFull or QuotaFull)
        {
            throw new IOException($"The disk is full, so '{folder}' was not written; expected room for the corpus twice over.", error);
        }
    }

    private void Write()
    {
        ReadCells();
        var order = places is null ? null : Inverse(places);
        var manifest = new Manifest
        {
            Cells = source.CellCount,
            Genes = source.GeneCount,
            Values = shards.Sum(shard => shard.Values),
            CellsPerShard = cellsPerShard,
            Seed = options.Shuffle ? options.Seed : null,
            Source = source.Name,
            SourceIdentity = source.Identity,
            GeneNames = StoreFile.Write(Path.Combine(folder, StoreFiles.Genes), writer => StoredTexts.Write(writer, source.VarNames)),
            GeneIds = source.GeneIds is { } ids ? StoreFile.Write(Path.Combine(folder, StoreFiles.GeneIds), writer => StoredTexts.Write(writer, ids)) : null,
            CellNames = StoreFile.Write(Path.Combine(folder, StoreFiles.Cells), writer => StoredTexts.Write(writer, order is null ? source.ObsNames : order.Select(cell => source.ObsNames[cell]))),
            Columns = [.. source.Obs.Columns.Select((column, i) => ColumnFile.Write(Path.Combine(folder, StoreFiles.Column(i)), order is null ? column : column.Select(order)))],
            Shards = shards,
        };
        manifest.Write(folder);
    }

    private void ReadCells()
    {
        for (int first = 0, block = FirstBlock; first < source.CellCount; block = NextBlock(block))
        {
            cancellation.ThrowIfCancellationRequested();
            var cells = Enumerable.Range(first, Math.Min(block, source.CellCount - first)).ToArray();
            var matrix = source.Read(cells, cancellation);
            for (var row = 0; row < cells.Length; row++)
            {
                Place(first + row, matrix.RowIndices(row), matrix.RowValues(row));
            }
            (first, read, valuesRead) = (first + cells.Length, read + cells.Length, valuesRead + matrix.NonZeros);
            Report();
        }
    }

    // As many cells as a sixteenth of the memory holds if they are like those before, for blocks that were read wait some time for the collector;
    // at most twice as many as last time, for they may be unlike.
    private int NextBlock(int block)
    {
        const int BytesPerValue = sizeof(int) + sizeof(float);
        var fitting = ((long)options.Memory << 20) / 16 / (1 + valuesRead / read * BytesPerValue);
        return (int)Math.Clamp(fitting, 1, Math.Min(2 * block, MostBlock));
    }

    private void Place(int cell, ReadOnlySpan<int> genes, ReadOnlySpan<float> values)
    {
        CheckGenes(cell, genes);
        var type = options.Values == StoredValues.Smallest ? ValueNarrowing.Smallest(values) : options.Values;
        if (options.Values != StoredValues.Smallest && ValueNarrowing.FirstLost(values, type) is var lost and >= 0)
        {
            throw new InvalidDataException(FormattableString.Invariant(
                $"Gene '{source.VarNames[genes[lost]]}' of cell '{source.ObsNames[cell]}' has the value {values[lost]}, which {type} does not hold; expected values that it holds, or another type."));
        }
        var bytes = layout.Bytes(genes.Length, type);
        if (record.Length < bytes)
        {
            record = new byte[bytes];
        }
        var place = places is null ? cell : places[cell];
        var (shard, row) = Math.DivRem(place, cellsPerShard);
        layout.Encode(place, genes, values, type, record.AsSpan(0, bytes));
        var writer = writers[shard] ??= Writer(shard);
        writer.Add(row, record.AsSpan(0, bytes), type, genes.Length);
        if (writer.IsFull)
        {
            shards[shard] = writer.Finish(Path.Combine(folder, Shard.FileName(shard)), cancellation);
            writers[shard] = null;
            placed += writer.Cells;
            Report();
        }
    }

    private ShardWriter Writer(int shard)
    {
        var open = places is null ? 1 : shards.Length; // kept in order, one shard is filled after another
        var buffer = (int)Math.Clamp(((long)options.Memory << 20) / 4 / open, LeastBuffer, MostBuffer);
        return new ShardWriter(Path.Combine(folder, $"incoming-{shard}"), Math.Min(cellsPerShard, source.CellCount - shard * cellsPerShard), buffer);
    }

    private void CheckGenes(int cell, ReadOnlySpan<int> genes)
    {
        for (int i = 0, before = -1; i < genes.Length; before = genes[i++])
        {
            if (genes[i] <= before || genes[i] >= source.GeneCount)
            {
                throw new InvalidDataException($"Cell '{source.ObsNames[cell]}' of '{source.Name}' has a value of gene {genes[i]} after one of {before}; expected ascending genes from 0 to {source.GeneCount - 1}.");
            }
        }
    }

    private void Report() => progress?.Report((int)(((long)read + placed) / 2));

    /// <summary>Where each cell goes: Fisher and Yates's shuffle, after which every order is equally likely.</summary>
    private static int[] Shuffled(int count, int seed)
    {
        int[] places = [.. Enumerable.Range(0, count)];
        Seeds.For(seed).Shuffle(places);
        return places;
    }

    private static int[] Inverse(int[] places)
    {
        var order = new int[places.Length];
        for (var cell = 0; cell < places.Length; cell++)
        {
            order[places[cell]] = cell;
        }
        return order;
    }
}
