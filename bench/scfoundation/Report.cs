/// <summary>The table, line by line.</summary>
/// <param name="Ours">Our peak of the matrix products.</param>
/// <param name="Peer">The peer's.</param>
/// <param name="Agreement">How far the two sides' results are apart.</param>
internal sealed record Report(Peaks Ours, Peaks Peer, Agreement Agreement)
{
    private readonly List<string> lines = [];
    private readonly List<string> leftOut = [];

    /// <summary>Adds a row that was measured.</summary>
    /// <returns>Its line.</returns>
    public string Add(Row row, Measurement ours, Measurement peer)
    {
        var ratio = peer.Seconds / ours.Seconds;
        var peak = row.IsBf16 ? Math.Max(Ours.BFloat16, Peer.BFloat16) : Math.Max(Ours.Float32, Peer.Float32);
        double Share(Measurement side) => row.Gflop / side.Seconds / peak;
        lines.Add($"| {row.Name} | {row.Gflop:0.0} | {ours.Seconds:0.000} | {peer.Seconds:0.000} | {ratio:0.00} | {row.Wanted:0.0} | {(ratio >= row.Wanted ? "met" : "not met")} "
            + $"| {Share(ours):P0} | {Share(peer):P0} | {ours.PeakMemory:0.00} | {peer.PeakMemory:0.00} | {peer.PeakMemory / ours.PeakMemory:0.00} |");
        return lines[^1];
    }

    /// <summary>Adds a row that cannot be measured.</summary>
    /// <returns>Its line.</returns>
    public string LeaveOut(Row row, string reason)
    {
        leftOut.Add($"{row.Name} is left out: {reason}.");
        return leftOut[^1];
    }

    /// <summary>The whole text.</summary>
    /// <param name="load">Load of the machine at the start.</param>
    public string Text(string load) => string.Join('\n',
    [
        "# scFoundation beside plain PyTorch",
        "",
        $"{Processes.Threads} threads of {Environment.ProcessorCount} cores, load {load} at the start; .NET {Environment.Version} on libtorch {Ours.Torch}, Python's torch {Peer.Torch}; {DateTime.UtcNow:yyyy-MM-dd}.",
        $"{Row.Genes:N0} genes, no dropout, medians. Ratios: PyTorch's over ours, above 1 is better for ScFm.",
        "",
        "| row | GFLOP | ScFm, s | PyTorch, s | ratio | wanted | | ScFm, of peak | PyTorch, of peak | ScFm, GiB | PyTorch, GiB | ratio |",
        "|---|---|---|---|---|---|---|---|---|---|---|---|",
        .. lines,
        "",
        .. leftOut.SelectMany(line => new[] { line, "" }),
        $"Peak of the matrix products, 1024 or 2048 wide, GFLOP/s: float32 {Ours.Float32:0} in ScFm's process and {Peer.Float32:0} in PyTorch's, bfloat16 {Ours.BFloat16:0} and {Peer.BFloat16:0}; shares are of the larger.",
        "GFLOP are those of the published model's matrix products, two a multiply-add, whatever a side computes of them: a block of the encoder has 24 K D² + 4 K² D for K visible tokens of width D, a block of the decoder 2 N (4 W H + 8 W² + 4 H M) for N positions of width W, heads of H in all and M random features a head; a training step counts three forward passes.",
        "Memory is the largest resident set; each row and side ran in processes of its own.",
        $"With the same weights ({Agreement.Preset}) and cell the results differ by at most {Agreement.Embedding:0.0e+0} (embedding), {Agreement.Expression:0.0e+0} (expression) and {Agreement.Masked:0.0e+0} (masked genes).",
    ]);
}
