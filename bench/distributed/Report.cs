/// <summary>The tables, line by line.</summary>
/// <param name="settings">What was asked for.</param>
/// <param name="load">Load of the machine at the start.</param>
internal sealed class Report(Settings settings, string load)
{
    private const double GoodEfficiency = 0.95;

    private static readonly int[] cards = [8, 64];

    private readonly List<string> speeds = [];
    private readonly List<string> bytes = [];

    /// <summary>Adds a size that was measured.</summary>
    /// <param name="row">The size.</param>
    /// <param name="alone">One rank.</param>
    /// <param name="weak">Two ranks, each with as many cells.</param>
    /// <param name="strong">Two ranks that share them.</param>
    /// <param name="beside">Cells a second of two ranks that know nothing of each other.</param>
    /// <returns>Its line.</returns>
    public string Add(Row row, RankMeasurement alone, RankMeasurement weak, RankMeasurement strong, double beside)
    {
        double Efficiency(double speed) => speed / (Row.Ranks * alone.Speed);
        speeds.Add($"| {row.Preset} | {row.Cells} | {alone.Speed:0.0} | {weak.Speed:0.0} | {Efficiency(weak.Speed):P0} "
            + $"| {strong.Speed:0.0} | {Efficiency(strong.Speed):P0} | {beside:0.0} | {weak.Speed / beside:P0} |");
        var least = 2.0 * (Row.Ranks - 1) * weak.GradientBytes;
        bytes.Add($"| {row.Preset} | {weak.GradientBytes / 1e6:0.00} | {least / 1e6:0.00} | {Row.Ranks * weak.Sent / 1e6:0.00} | {weak.Carried / 1e6:0.00} | {weak.Carried / least:0.000} |");
        return speeds[^1];
    }

    /// <summary>The whole text.</summary>
    /// <param name="published">This machine's step of the published size.</param>
    public string Text(RankMeasurement published)
    {
        var own = published.Flops / published.Seconds / 1e9;
        var run = new PaperRun(settings.Cluster, published.GradientBytes, BucketBytes: 25e6, BackwardShare: 2.0 / 3);
        var flops = settings.Cells * published.Flops / published.Cells;
        return string.Join('\n',
        [
            "# Ranks beside one process",
            "",
            $"One core a rank, for all of its threads, of {Environment.ProcessorCount}, load {load} at the start and {Processes.Load} at the end; .NET {Environment.Version} on libtorch {ScFm.Torch.Extras.Native.LibtorchVersion}, Gloo over the loopback interface; {DateTime.UtcNow:yyyy-MM-dd}.",
            $"Pretraining of scFoundation on simulated cells with {SimulatedCells.Expressed:N0} of 20,000 genes; the median step of the fastest of {Row.Rounds} runs of each kind, in turn. Efficiency: cells/s of {Row.Ranks} ranks over {Row.Ranks} times those of one.",
            "",
            $"| size | cells a rank | 1 rank, cells/s | {Row.Ranks} ranks, cells/s | efficiency | {Row.Ranks} ranks that share the cells of one, cells/s | efficiency | {Row.Ranks} strangers, cells/s | {Row.Ranks} ranks of that |",
            "|---|---|---|---|---|---|---|---|---|",
            .. speeds,
            "",
            "Strangers are processes that train at the same time without exchanging anything: what the cores, which share caches and memory, give when all compute. What the ranks lack of that is the cost of exchanging.",
            "",
            "| size | gradients, MB | least a step, MB | exchanged by the ring formulas, MB | carried by the interface, MB | of the least |",
            "|---|---|---|---|---|---|",
            .. bytes,
            "",
            $"The least that R ranks send in all to sum G bytes is 2 (R - 1) G. What ranks exchange besides gradients is the step's loss and counts. The interface counts the packets of all ranks with their headers and acknowledgements.",
            "",
            "## A model of more cards",
            "",
            "This is computed, not measured.",
            $"Nodes of {settings.Cluster.CardsInNode} cards, {settings.Link:0} GB/s between them, {settings.Network:0} Gbit/s a card between nodes, {settings.Latency:0} µs a message. The published size has {published.Parameters / 1e6:0.0} million parameters, {published.GradientBytes / 1e6:0} MB of gradients in buckets of {run.BucketBytes / 1e6:0} MB, "
                + $"and a card takes {settings.Cells} cells of {SimulatedCells.Expressed:N0} expressed genes a step, {flops / 1e12:0.0} TFLOP. Rings sum in the nodes and across them; a bucket is summed as soon as the backward pass, {run.BackwardShare:P0} of the step, has made it. Cells of unequal length and stragglers are not in the model.",
            "",
            $"| cards | speed of a card, GFLOP/s | own step, s | sums, s | of these not hidden, s | efficiency | {GoodEfficiency:P0} up to a card's TFLOP/s |",
            "|---|---|---|---|---|---|---|",
            .. cards.SelectMany(count => Speeds(own).Select(speed => Line(run, count, flops, speed.Name, speed.Gflops))),
        ]);
    }

    private IEnumerable<(string Name, double Gflops)> Speeds(double own)
    {
        yield return ($"{own:0}, measured here on one core", own);
        if (settings.Card is { } card)
        {
            yield return ($"{card:0}, given", card);
        }
    }

    private static string Line(PaperRun run, int count, double flops, string name, double gflops)
    {
        var step = flops / (gflops * 1e9);
        return $"| {count} | {name} | {step:0.000} | {run.TimeToSum(count):0.0000} | {run.Exposed(count, step):0.0000} | {run.Efficiency(count, step):P1} | {flops / run.ShortestStep(count, GoodEfficiency) / 1e12:N0} |";
    }
}
