using System.Globalization;
using ScFm.Model.Nn;

/// <summary>The table, line by line.</summary>
/// <param name="Setting">What was measured.</param>
/// <param name="Ground">What the device can do.</param>
internal sealed record Report(Setting Setting, Ground Ground)
{
    private readonly List<string> rows = [];
    private readonly List<string> others = [];

    private double Peak => Setting.Precision == Precision.BFloat16 ? Ground.BFloat16 : Ground.Float32;

    private string PrecisionName => Setting.Precision == Precision.BFloat16 ? "bfloat16" : "float32";

    /// <summary>Adds a row of both sides.</summary>
    public void Add(Work work, Speed ours, Speed? peer, double wanted)
    {
        var ratio = peer is null ? double.NaN : ours.CellsPerSecond / peer.CellsPerSecond;
        rows.Add($"| {Setting.Preset}-{work.ToString().ToLowerInvariant()} | {Side(work, ours)} | {(peer is null ? "- | - | - | - | - | -" : Side(work, peer))} | {ratio:0.00} | {wanted:0.0} |");
    }

    /// <summary>Adds the whole pretraining.</summary>
    public void Add(Pipeline run) => others.Add(string.Create(CultureInfo.InvariantCulture,
        $"A pretraining from raw counts, batches of {run.Cells} cells found for the memory: {run.CellsPerSecond:0.0} cells/s, {run.Share:P0} of the peak in operations really computed, {run.Waiting:P1} of the time waiting for cells (wanted: under 3 %)."));

    /// <summary>Adds the LDVAE.</summary>
    public void AddLdvae(double cellsPerSecond) => others.Add(string.Create(CultureInfo.InvariantCulture, $"An LDVAE of 2,000 genes trains on {cellsPerSecond:N0} cells/s (wanted on a card: 1,000,000)."));

    /// <summary>The whole text.</summary>
    public string Text() => string.Join('\n',
    [
        $"# scFoundation on {Ground.Card} beside plain PyTorch",
        "",
        $"{Ground.Card}; .NET {Environment.Version} on libtorch {Ground.Libtorch}; {PrecisionName}; {DateTime.UtcNow:yyyy-MM-dd}.",
        $"{Setting.Genes:N0} genes, cells of 800 to 3,000 expressed genes, no dropout, medians of {Setting.Repeat} runs; each side with the largest batch that fits, up to {Setting.Most} cells. Ratio: cells/s of ScFm over PyTorch's.",
        "",
        "| row | ScFm: cells | cells/s | tokens/s | TFLOP/s | of peak | GiB | PyTorch: cells | cells/s | tokens/s | TFLOP/s | of peak | GiB | ratio | wanted |",
        "|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|",
        .. rows,
        "",
        .. others.SelectMany(line => new[] { line, "" }),
        string.Create(CultureInfo.InvariantCulture, $"Peak of the products measured here: {Ground.Float32 / 1e12:0.0} TFLOP/s in float32, {Ground.BFloat16 / 1e12:0.0} in {PrecisionName}; shares are of the latter."),
        "TFLOP are those of the published model's matrix products, two a multiply-add, whatever a side computes of them; a training step counts three forward passes. Tokens are the visible ones.",
    ]);

    private string Side(Work work, Speed side)
    {
        var expressed = Setting.Cells(side.Cells);
        var operations = expressed.Sum(genes => Cell.Flops(Setting.Config, work, genes)) / side.Seconds;
        return string.Create(CultureInfo.InvariantCulture,
            $"{side.Cells} | {side.CellsPerSecond:0.0} | {Setting.Tokens(work, expressed) / side.Seconds:N0} | {operations / 1e12:0.00} | {operations / Peak:P0} | {side.Memory:0.0}");
    }
}
