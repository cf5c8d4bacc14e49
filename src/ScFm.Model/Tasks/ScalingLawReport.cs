using ScFm.Model.Tables;

namespace ScFm.Model.Tasks;

/// <summary>The runs of a scaling law, the best that any of them reached for its operations, and the law.</summary>
/// <param name="Runs">The runs, in the order of the models; those that were not reached before an interruption are missing.</param>
/// <param name="Frontier">Operations and losses that no other measurement undercuts with fewer operations, ascending.</param>
/// <param name="Law">The law through the frontier; null where it has too few points.</param>
/// <param name="PlainLaw">The same without a floor; null where it has too few points.</param>
public sealed record ScalingLawReport(
    IReadOnlyList<ScalingLawRun> Runs, IReadOnlyList<(double Flops, double Loss)> Frontier, PowerLaw? Law, PowerLaw? PlainLaw)
{
    /// <summary>A report on runs.</summary>
    /// <param name="runs">The runs.</param>
    /// <param name="leastFlops">Measurements at fewer operations are not fitted.</param>
    public static ScalingLawReport Of(IReadOnlyList<ScalingLawRun> runs, double leastFlops)
    {
        var frontier = new List<(double Flops, double Loss)>();
        foreach (var point in runs.SelectMany(run => run.Points).Where(p => p.Flops >= leastFlops).OrderBy(p => p.Flops))
        {
            if (frontier.Count == 0 || point.Loss < frontier[^1].Loss)
            {
                frontier.Add(point);
            }
        }
        return new(runs, frontier, frontier.Count < 4 ? null : PowerLaw.Fit(frontier), frontier.Count < 3 ? null : PowerLaw.Fit(frontier, withFloor: false));
    }

    /// <summary>One row a model: its size, what it spent and what it reached.</summary>
    public Table ToTable() => new(
        new TextColumn("model", [.. Runs.Select(run => run.Name)]),
        new IntegerColumn("parameters", [.. Runs.Select(run => run.Parameters)]),
        new IntegerColumn("steps", [.. Runs.Select(run => (long)run.Steps)]),
        new NumberColumn("TFLOP", [.. Runs.Select(run => run.Flops.LastOrDefault() / 1e12)], "G4"),
        new NumberColumn("best held-out loss", [.. Runs.Select(run => run.Losses.DefaultIfEmpty(double.NaN).Min())], "F4"));

    /// <summary>The law in words.</summary>
    public override string ToString() => Law is null
        ? $"The frontier has {Frontier.Count} points; a law needs at least 4: spend more operations or validate more often."
        : $"{Law} over {Frontier.Count} points of the frontier; without a floor {PlainLaw}";
}
