/// <summary>The table, line by line.</summary>
internal sealed class Report
{
    private readonly List<string> lines = [];

    /// <summary>Adds a row that was measured.</summary>
    /// <returns>Its line.</returns>
    public string Add(Row row, (Solution Ours, Solution Theirs) sides)
    {
        var (ours, theirs) = sides;
        // Above 0 where ours is better, which none of the C may miss by more than a millionth.
        var behind = ours.Objectives.Zip(theirs.Objectives, (own, other) => own / other - 1).Max();
        var ratio = theirs.Seconds / ours.Seconds;
        lines.Add($"| {row.Name} | {row.Cells:N0} | {string.Join(", ", row.Cs)} | {row.Solver} | {ours.Seconds:0.00} | {theirs.Seconds:0.0} | {ratio:0.0} | {(ratio >= 1 && behind <= 1e-6 ? "met" : "not met")} "
            + $"| {ours.Objectives[^1]:0.00} | {theirs.Objectives[^1]:0.00} | {behind:+0.0e+0;-0.0e+0} | {ours.Selected[^1]} | {theirs.Selected[^1]} | {ours.PeakMemory:0.00} | {theirs.PeakMemory:0.00} |");
        return lines[^1];
    }

    /// <summary>The whole text.</summary>
    /// <param name="load">Load of the machine at the start.</param>
    public string Text(string load) => string.Join('\n',
    [
        "# L1-penalised logistic regression beside scikit-learn",
        "",
        $"{Processes.Threads} threads of {Environment.ProcessorCount} cores, load {load} at the start and {Processes.Load} at the end; .NET {Environment.Version}; {DateTime.UtcNow:yyyy-MM-dd}.",
        $"{Simulation.Types} classes, {Simulation.Genes:N0} genes, log1p of simulated counts per 10,000. Wall time of the fits; the cells are in memory on both sides, in rows. Ratio: scikit-learn's seconds over ours, wanted 1 or more at an objective that is not worse.",
        "",
        "| row | cells | C | peer | ScFm, s | peer, s | ratio | | ScFm's objective | peer's | ours / theirs - 1, at most | ScFm, not zero | peer | ScFm, GiB | peer, GiB |",
        "|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|",
        .. lines,
        "",
        .. Row.All.Select(row => $"{row.Name}: ours to a duality gap of {row.Tolerance} of the objective; {row.Solver} with tol {row.PeerTolerance} and at most {row.PeerIterations} iterations."),
        "Objectives and coefficients that are not zero are those of the last C. scikit-learn has no threads and no warm start for these solvers in one call; ours solves classes side by side and goes from each C to the next.",
    ]);
}
