// Cells a second of random batches from a corpus store, beside h5py and anndata reading the same cells of an .h5ad file, in one run on one machine.
// usage: ./scfm bench corpus [--cells N] [--keep FOLDER] [--record MACHINE]
using System.Globalization;
using System.Runtime.InteropServices;
using ScFm.Model.Corpora;
using ScFm.Model.Corpora.Store;

const int Batch = 128;
const int SameBatches = 8; // both sides' sums are compared over these
const int PeerBatches = 40;
const int BlockBatches = 800;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is ["--child", .. var work])
{
    return work switch
    {
        ["build", var count, var into] => Processes.Answer(Ours.Build(int.Parse(count), into)),
        ["read", var from, var batches, var threads, var sum] => Processes.Answer(Ours.Read(from, Batch, int.Parse(batches), int.Parse(threads), sum == "sum")),
        _ => throw new ArgumentException($"--child: '{string.Join(' ', work)}' was found; expected build or read."),
    };
}

return Benchmark.Run("corpus", () =>
{
    var (cells, keep, machine) = Options();
    var folder = Directory.CreateDirectory(keep ?? Path.Combine(Path.GetTempPath(), $"scfm-corpus-{Environment.ProcessId}")).FullName;
    try
    {
        return (Measure(cells, folder).Text(), machine);
    }
    finally
    {
        if (keep is null)
        {
            Directory.Delete(folder, recursive: true);
        }
    }
});

static Report Measure(int cells, string folder)
{
    var (store, h5ad, list) = (Path.Combine(folder, $"{cells}.corpus"), Path.Combine(folder, $"{cells}.h5ad"), Path.Combine(folder, "cells.i32"));
    var report = new Report(cells, Processes.Load);
    void Say(string line) => Console.Error.WriteLine(line);
    if (!Directory.Exists(store))
    {
        var built = Processes.Own<Reading>("build", $"{cells}", store);
        Say(report.Remark($"The store was built in {built.Seconds:N0} s ({built.CpuSeconds:N0} s of processors), {built.CellsPerSecond:N0} cells/s with their simulation, in {built.PeakMebibytes:N0} MiB at most."));
    }
    if (!File.Exists(h5ad))
    {
        Files.MakeH5ad(cells, h5ad);
    }
    File.WriteAllBytes(list, MemoryMarshal.AsBytes<int>(Ours.SourceCells(store, PeerBatches * Batch).ToArray()).ToArray());
    using (var opened = CorpusStore.Open(store))
    {
        var entropy = ShuffleEntropy.OfPlaces(new UniformSampler(opened.CellCount, seed: 1), opened.CellCount, Batch);
        Say(report.Remark($"The store has {opened.ByteCount / 1e9:0.00} GB, {(double)opened.ByteCount / opened.CellCount:N0} bytes a cell; the .h5ad file {new FileInfo(h5ad).Length / 1e9:0.00} GB, not compressed. Batches have the shuffle entropy {entropy:0.000} (1 is uniform)."));
    }
    var (ours, theirs) = (Processes.Own<Reading>("read", store, $"{SameBatches}", "1", "sum"), Peers("rows", h5ad, list, $"{Batch}", $"{SameBatches}"));
    if (ours.Sum != theirs.Sum)
    {
        throw new InvalidOperationException($"The sums of the same {ours.Cells} and {theirs.Cells} cells are {ours.Sum} and {theirs.Sum}; expected equal ones.");
    }
    Say(report.Remark($"Both sides read the same cells: over {ours.Cells:N0} of them the sum of gene times count is {ours.Sum:0} on both."));

    Files.Evict(store);
    Say(report.Add("ScFm, store, page cache empty, 2 threads", Processes.Own<Reading>("read", store, "0", "2", "")));
    var warm = Processes.Own<Reading>("read", store, "0", "2", "");
    Say(report.Add("ScFm, store, warm, 2 threads", warm));
    Say(report.Add("ScFm, store, warm, 1 thread", Processes.Own<Reading>("read", store, "0", "1", ""), warm));
    Files.Evict(h5ad);
    Say(report.Add("anndata, rows of a backed file, page cache empty", Peers("anndata", h5ad, list, $"{Batch}", $"{PeerBatches}"), warm));
    Say(report.Add("anndata, rows of a backed file, warm", Peers("anndata", h5ad, list, $"{Batch}", $"{PeerBatches}"), warm));
    Say(report.Add("h5py, row by row, warm", Peers("rows", h5ad, list, $"{Batch}", $"{PeerBatches}"), warm));
    Peers("blocks", h5ad, list, $"{Batch}", $"{BlockBatches}"); // warms the same blocks
    Say(report.Add("h5py, shuffled blocks of 64 cells, warm", Peers("blocks", h5ad, list, $"{Batch}", $"{BlockBatches}"), warm));
    report.Judge(warm);
    return report;
}

static Reading Peers(params string[] arguments) => Processes.Python<Reading>([Processes.Script("peers.py"), .. arguments]);

(int Cells, string? Keep, string? Machine) Options()
{
    var (cells, keep, machine) = (1_000_000, (string?)null, (string?)null);
    for (var i = 0; i < args.Length; i += 2)
    {
        var value = i + 1 < args.Length ? args[i + 1] : "";
        switch (args[i])
        {
            case "--cells" when int.TryParse(value, out var count) && count >= PeerBatches * Batch: cells = count; break;
            case "--keep" when value.Length > 0: keep = value; break;
            case "--record" when value.Length > 0: machine = value; break;
            default: throw new ArgumentException($"'{args[i]} {value}' was found; expected [--cells N, {PeerBatches * Batch} or more] [--keep FOLDER] [--record MACHINE].");
        }
    }
    return (cells, keep, machine);
}
