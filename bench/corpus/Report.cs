/// <summary>The table, line by line.</summary>
/// <param name="cells">Cells of the corpus.</param>
/// <param name="load">Load of the machine at the start.</param>
internal sealed class Report(int cells, string load)
{
    private const double WantedSpeed = 200_000;
    private const double WantedMemory = 500;

    private readonly List<string> lines = [];
    private readonly List<string> remarks = [];

    /// <summary>Adds a way of reading.</summary>
    /// <param name="what">What it is.</param>
    /// <param name="found">What was measured.</param>
    /// <param name="ours">What ours is compared by; null for ours itself.</param>
    /// <returns>Its line.</returns>
    public string Add(string what, Reading found, Reading? ours = null)
    {
        lines.Add($"| {what} | {found.Cells:N0} | {found.CellsPerSecond:N0} | {found.CellsPerCpuSecond:N0} | {found.PeakMebibytes:N0} | {(ours is null ? "" : $"{ours.CellsPerSecond / found.CellsPerSecond:0.0}")} | {(ours is null ? "" : $"{ours.CellsPerCpuSecond / found.CellsPerCpuSecond:0.0}")} |");
        return lines[^1];
    }

    /// <summary>Adds a sentence below the table.</summary>
    public string Remark(string text)
    {
        remarks.Add(text);
        return text;
    }

    /// <summary>Says whether the target is met.</summary>
    public string Judge(Reading warm) => Remark(
        $"Wanted of random batches, warm: {WantedSpeed:N0} cells/s ({(warm.CellsPerSecond >= WantedSpeed ? "met" : "not met")}: {warm.CellsPerSecond:N0}) in less than {WantedMemory:N0} MiB ({(warm.PeakMebibytes < WantedMemory ? "met" : "not met")}: {warm.PeakMebibytes:N0}).");

    /// <summary>The whole text.</summary>
    public string Text() => string.Join('\n',
    [
        "# Random batches of a corpus beside h5py and anndata",
        "",
        $"{cells:N0} simulated cells with {SimulatedCells.Expressed:N0} expressed genes of 20,000, batches of 128; {Environment.ProcessorCount} cores, load {load} at the start; .NET {Environment.Version}; {DateTime.UtcNow:yyyy-MM-dd}.",
        "Ratios: ours (store, warm, two threads) over the line's, by wall time and by processor time; above 1 is better for ScFm. On a busy machine read the second.",
        "",
        "| | cells read | cells/s | cells/s of one processor | peak memory, MiB | ratio | of processors |",
        "|---|---|---|---|---|---|---|",
        .. lines,
        "",
        .. remarks.SelectMany(remark => new[] { remark, "" }),
    ]).TrimEnd();
}
