using ScFm.Model.Tables;

namespace ScFm.Model.GeneSets;

/// <summary>What a search for gene sets in a ranking found.</summary>
/// <param name="Ranking">The ranking.</param>
/// <param name="Results">The sets that were looked at, the largest normalised score of either sign first.</param>
/// <param name="LeftOut">Number of sets with too few or too many ranked genes.</param>
/// <param name="Options">How it was done.</param>
public sealed record EnrichmentReport(RankedGenes Ranking, IReadOnlyList<EnrichmentResult> Results, int LeftOut, PrerankOptions Options)
{
    /// <summary>The result of one set.</summary>
    /// <exception cref="KeyNotFoundException">It was not looked at.</exception>
    public EnrichmentResult this[string set] => Results.FirstOrDefault(one => one.Set.Name == set)
        ?? throw new KeyNotFoundException($"There is no result for the gene set '{set}'; there are {Results.Count}, of sets with {Options.MinSize} to {Options.MaxSize} ranked genes.");

    /// <summary>The running sum of one set after every gene of the ranking, for a figure.</summary>
    /// <exception cref="KeyNotFoundException">It was not looked at.</exception>
    public double[] RunningSum(string set) => Ranking.RunningSum(this[set].Places);

    /// <summary>One row a set: set, size, ES, NES, p_value, q_value, leading_edge.</summary>
    public Table ToTable() => new(
        new TextColumn("set", [.. Results.Select(one => one.Set.Name)]),
        new IntegerColumn("size", [.. Results.Select(one => (long)one.Places.Length)]),
        new NumberColumn("ES", [.. Results.Select(one => one.Score)], "F3"),
        new NumberColumn("NES", [.. Results.Select(one => one.NormalisedScore)], "F3"),
        new NumberColumn("p_value", [.. Results.Select(one => one.PValue)], "G3"),
        new NumberColumn("q_value", [.. Results.Select(one => one.FalseDiscoveryRate)], "G3"),
        new TextColumn("leading_edge", [.. Results.Select(one => string.Join(' ', one.LeadingEdge))]));
}
