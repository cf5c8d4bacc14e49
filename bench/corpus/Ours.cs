using System.Diagnostics;
using ScFm.Model.Corpora;
using ScFm.Model.Corpora.Store;

/// <summary>This project's side, each part in a process of its own.</summary>
internal static class Ours
{
    /// <summary>Builds the store by streaming.</summary>
    public static Reading Build(int cells, string folder)
    {
        var (start, source) = (new Start(), new SimulatedCells(cells));
        using var store = CorpusStore.Build(source, folder, new StoreOptions { Seed = 1 });
        return Measured(cells, start, 0);
    }

    /// <summary>Reads random batches of an epoch.</summary>
    /// <param name="folder">The store.</param>
    /// <param name="batchSize">Cells in a batch.</param>
    /// <param name="batches">How many batches.</param>
    /// <param name="threads">Threads that read.</param>
    /// <param name="isSummed">True to also sum what was read, which takes time of its own.</param>
    public static Reading Read(string folder, int batchSize, int batches, int threads, bool isSummed)
    {
        using var store = CorpusStore.Open(folder);
        var loader = new CorpusLoader(store, Order(store.CellCount), new LoaderOptions { BatchSize = batchSize, Threads = threads });
        var (start, taken, cells, sum) = (new Start(), 0, 0L, 0.0);
        foreach (var batch in loader.Epoch(0))
        {
            cells += batch.Cells.Length;
            sum += isSummed ? Sum(batch) : 0;
            if (++taken == batches)
            {
                break;
            }
        }
        return Measured(cells, start, sum);
    }

    /// <summary>Which cells of the source the first batches of the epoch are, for the peers to read the same.</summary>
    public static IEnumerable<int> SourceCells(string folder, int cells)
    {
        using var store = CorpusStore.Open(folder);
        var names = store.ObsNames;
        return Array.ConvertAll(Order(store.CellCount).Order(0)[..Math.Min(cells, store.CellCount)], cell => SimulatedCells.CellOf(names[cell]));
    }

    private static UniformSampler Order(int cells) => new(cells, seed: 1);

    private static double Sum(CellBatch batch)
    {
        var (sum, genes, values) = (0.0, batch.Genes.data<long>().ToArray(), batch.Values.data<float>().ToArray());
        for (var i = 0; i < values.Length; i++)
        {
            sum += genes[i] * values[i];
        }
        return sum;
    }

    private static double Processor => Environment.CpuUsage.TotalTime.TotalSeconds;

    private static Reading Measured(long cells, Start start, double sum) =>
        new(cells, start.Watch.Elapsed.TotalSeconds, Processor - start.Cpu, Processes.PeakMemory(), sum);

    /// <summary>When a measurement began.</summary>
    private sealed class Start
    {
        public Stopwatch Watch { get; } = Stopwatch.StartNew();

        public double Cpu { get; } = Processor;
    }
}
