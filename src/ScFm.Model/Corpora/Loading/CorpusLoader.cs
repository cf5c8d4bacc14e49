using ScFm.Model.Cells;
using ScFm.Model.Corpora.Store;
using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Corpora;

/// <summary>Reads batches of cells in a sampler's order, ahead of who uses them, in the background.</summary>
/// <remarks>
/// The batches and their order are the same whatever the number of threads. Where all cells lie in one <see cref="CorpusStore"/>, they are decoded
/// straight into the tensors' memory; other sources are read and copied. Memory: that of <see cref="LoaderOptions.Batches"/> batches, and
/// 4 bytes a cell for the order.
/// </remarks>
/// <example><code>
/// var loader = new CorpusLoader(corpus, new UniformSampler(corpus.CellCount, seed: 1));
/// foreach (var batch in loader.Epoch(0))
/// {
///     Train(batch.Offsets, batch.Genes, batch.Values);
/// }
/// </code></example>
public sealed class CorpusLoader
{
    private readonly ICellSource cells;
    private readonly CellSampler sampler;
    private readonly LoaderOptions options;
    private readonly CorpusStore? store;

    /// <summary>Makes a loader.</summary>
    /// <param name="cells">The cells; several threads read them at once.</param>
    /// <param name="sampler">Their order.</param>
    /// <param name="options">How to read. Default: <see cref="LoaderOptions"/>'s defaults.</param>
    /// <exception cref="ArgumentException">An option is out of range, or pinned memory is asked for where there is no CUDA.</exception>
    public CorpusLoader(ICellSource cells, CellSampler sampler, LoaderOptions? options = null)
    {
        (this.cells, this.sampler, this.options) = (cells, sampler, Options.Validate(options ?? new()));
        if (this.options.Pinned && !cuda.is_available())
        {
            throw new ArgumentException("Pinned memory is asked for and there is no CUDA; expected plain memory.", nameof(options));
        }
        store = cells as CorpusStore ?? (cells as Corpus)?.Store;
    }

    /// <summary>Batches in an epoch.</summary>
    public int BatchCount => (int)(((long)sampler.Length + options.BatchSize - 1) / options.BatchSize);

    /// <summary>The batches of an epoch, each valid until the next is asked for. Leaving the loop stops the threads.</summary>
    /// <param name="epoch">The epoch.</param>
    /// <param name="from">The batch to begin with: how many of the epoch were taken before a stop. Default: 0.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="InvalidDataException">The cells of a batch are damaged; it is thrown in that batch's turn.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public IEnumerable<CellBatch> Epoch(int epoch, int from = 0, CancellationToken cancellation = default)
    {
        var order = sampler.Order(epoch);
        CellBatch[] buffers = [.. Enumerable.Range(0, options.Batches).Select(_ => new CellBatch(options.BatchSize, cells.VarNames.Length, options.Dense, options.Pinned))];
        try
        {
            using var reading = new ReadAhead<CellBatch>(from, BatchCount, options.Threads, buffers, (batch, buffer, stop) =>
            {
                var first = batch * options.BatchSize;
                Fill(buffer, order.AsSpan(first, Math.Min(options.BatchSize, order.Length - first)), stop);
            }, cancellation);
            while (reading.Next(out var batch))
            {
                batch!.Show();
                yield return batch;
                batch.Hide();
                batch.AwaitCopies();
                reading.Return(batch);
            }
        }
        finally
        {
            Array.ForEach(buffers, buffer => buffer.Dispose());
        }
    }

    private void Fill(CellBatch batch, ReadOnlySpan<int> wanted, CancellationToken cancellation)
    {
        batch.Begin(wanted);
        if (store is null)
        {
            Copy(batch, cells.Read(wanted, cancellation));
        }
        else
        {
            Decode(store, batch, cells is Corpus corpus ? corpus.InSource(wanted, stackalloc int[wanted.Length]) : wanted);
        }
        batch.WriteDense();
    }

    private static void Copy(CellBatch batch, CsrMatrix read)
    {
        batch.Reserve(read.NonZeros);
        read.Offsets.CopyTo(batch.OffsetSpan);
        read.Values.CopyTo(batch.ValueSpan);
        var genes = batch.GeneSpan;
        for (var i = 0; i < read.Indices.Length; i++)
        {
            genes[i] = read.Indices[i];
        }
    }

    private static void Decode(CorpusStore store, CellBatch batch, ReadOnlySpan<int> rows)
    {
        batch.Reserve(store.Measure(rows, batch.OffsetSpan));
        store.Gather(rows, batch.GeneSpan, batch.ValueSpan);
    }
}
