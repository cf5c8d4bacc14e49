/// <summary>The table, line by line.</summary>
/// <param name="Ours">Our peak of the matrix products.</param>
/// <param name="Peer">The peer's.</param>
internal sealed record Report(Peaks Ours, Peaks Peer)
{
    private readonly List<string> lines = [];
    private readonly List<string> notes = [];

    /// <summary>Adds a row that was measured.</summary>
    /// <returns>Its line.</returns>
    public string Add(Row row, Agreement agreement, Measurement ours, Measurement peer)
    {
        var ratio = peer.Seconds / ours.Seconds;
        lines.Add($"| {row.Name} | {ours.Seconds:0.000} | {peer.Seconds:0.000} | {ratio:0.00} | {Row.Wanted:0.0} | {(ratio >= Row.Wanted ? "met" : "not met")} "
            + $"| {Row.Cells / ours.Seconds:0} | {ours.PeakMemory:0.00} | {peer.PeakMemory:0.00} |");
        notes.Add($"With the same weights, counts and draws the {row.Name} of both sides differ by {agreement.Loss:0.0e+0} of the loss and at most {agreement.Gradient:0.0e+0} of a tensor's largest gradient.");
        return lines[^1];
    }

    /// <summary>Adds a row that the peer does not have.</summary>
    /// <returns>Its line.</returns>
    public string Add(Row row, Measurement ours)
    {
        lines.Add($"| {row.Name} | {ours.Seconds:0.000} | | | | | {Row.Cells / ours.Seconds:0} | {ours.PeakMemory:0.00} | |");
        return lines[^1];
    }

    /// <summary>The whole text.</summary>
    /// <param name="load">Load of the machine at the start.</param>
    public string Text(string load) => string.Join('\n',
    [
        "# LDVAE beside plain PyTorch",
        "",
        $"{Processes.Threads} threads of {Environment.ProcessorCount} cores, load {load} at the start and {Processes.Load} at the end; .NET {Environment.Version} on libtorch {Ours.Torch}, Python's torch {Peer.Torch}; {DateTime.UtcNow:yyyy-MM-dd}.",
        $"A training epoch over {Row.Cells:N0} cells x {Row.Genes:N0} genes in batches of {Row.BatchSize}, three counts in ten above zero; medians of {Row.Epochs} epochs and {Row.Rounds} processes. Ratios: PyTorch's over ours, above 1 is better for ScFm.",
        "",
        "| row | ScFm, s | PyTorch, s | ratio | wanted | | ScFm, cells/s | ScFm, GiB | PyTorch, GiB |",
        "|---|---|---|---|---|---|---|---|---|",
        .. lines,
        "",
        .. notes,
        $"Peak of the matrix products, 1024 or 2048 wide, GFLOP/s: {Ours.Float32:0} in ScFm's process and {Peer.Float32:0} in PyTorch's.",
        "The rows are the defaults of scvi-tools' LinearSCVI with one or two hidden layers, and of its SCVI (zero-inflated counts, a network as decoder), which the peer does not have. Ours reads each batch from sparse counts and validates on 11 cells more within the time; the peer's counts are dense in memory.",
        "Memory is the largest resident set; each row and side ran in processes of its own.",
    ]);
}
