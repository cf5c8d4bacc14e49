/// <summary>The table of DeepCDR, line by line.</summary>
/// <param name="Ours">Our peak of the matrix products.</param>
/// <param name="Peer">The peer's.</param>
internal sealed record DeepCdrReport(Peaks Ours, Peaks Peer)
{
    private readonly List<string> lines = [];

    /// <summary>Adds a row that was measured.</summary>
    /// <returns>Its line.</returns>
    public string Add(DeepCdrRow row, Measurement ours, Measurement peer)
    {
        var ratio = peer.Seconds / ours.Seconds;
        lines.Add($"| DeepCDR, batches of {row.BatchSize} | {ours.Seconds:0.0} | {peer.Seconds:0.0} | {ratio:0.00} | {DeepCdrRow.Wanted:0.0} | {(ratio >= DeepCdrRow.Wanted ? "met" : "not met")} | {DeepCdrRow.Pairs / ours.Seconds:0} | {ours.PeakMemory:0.00} | {peer.PeakMemory:0.00} |");
        return lines[^1];
    }

    /// <summary>The whole text.</summary>
    /// <param name="load">Load of the machine at the start.</param>
    public string Text(string load) => string.Join('\n',
    [
        "# DeepCDR beside plain PyTorch",
        "",
        $"{Processes.Threads} threads of {Environment.ProcessorCount} cores, load {load} at the start and {Processes.Load} at the end; .NET {Environment.Version}, Python's torch {Peer.Torch}; {DateTime.UtcNow:yyyy-MM-dd}.",
        $"A training epoch over {DeepCdrRow.Pairs:N0} pairs of the 223 published drugs and 561 cell lines of 808 features: {DeepCdrRow.All[0].Steps} steps of {DeepCdrRow.All[0].BatchSize} pairs, or as many pairs in larger batches, are timed after a warm-up, and multiplied. Medians of {DeepCdrRow.Rounds} processes. Ratios: PyTorch's over ours, above 1 is better for ScFm.",
        "",
        "| row | ScFm, s | PyTorch, s | ratio | wanted | | ScFm, pairs/s | ScFm, GiB | PyTorch, GiB |",
        "|---|---|---|---|---|---|---|---|---|",
        .. lines,
        "",
        $"Peak of the matrix products, 1024 or 2048 wide, GFLOP/s: {Ours.Float32:0} in ScFm's process and {Peer.Float32:0} in PyTorch's.",
        "The peer is the network as it is published: each pair carries its drug, padded to 100 atoms, with a dense adjacency. Ours convolves each drug of a batch once, with as many rows as it has atoms and one row for all empty slots, counted as often as they come; without dropout both give the same loss and gradients. The published batch size is 64.",
    ]);
}
