using System.Diagnostics;
using ScFm.Model.Regression.Logistic;

/// <summary>This project's side of a row, in a process of its own.</summary>
internal static class Ours
{
    /// <summary>Solves a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="folder">Where <see cref="CellFiles"/> put the cells.</param>
    public static Solution Solve(Row row, string folder)
    {
        var (expression, labels) = CellFiles.Read(folder);
        var watch = Stopwatch.StartNew();
        var models = LogisticRegression.Path(expression, labels, Simulation.Types, row.Cs, row.Options);
        return new(watch.Elapsed.TotalSeconds, [.. models.Select(model => model.Objective)], [.. models.Select(model => model.Selected)], Processes.PeakMemory());
    }
}
