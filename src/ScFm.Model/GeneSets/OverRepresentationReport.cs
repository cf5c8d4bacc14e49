using ScFm.Model.Tables;

namespace ScFm.Model.GeneSets;

/// <summary>What a search for gene sets in lists of genes found.</summary>
/// <param name="Results">Every list with every set of which it has a gene, list by list, the lowest P-value first.</param>
/// <param name="Background">Number of genes that lists and sets were compared among.</param>
/// <param name="LeftOut">Number of sets with too few or too many genes of the background.</param>
public sealed record OverRepresentationReport(IReadOnlyList<OverRepresentationResult> Results, int Background, int LeftOut)
{
    /// <summary>The results of one list, the lowest P-value first.</summary>
    public IEnumerable<OverRepresentationResult> Of(string list) => Results.Where(one => one.List == list);

    /// <summary>The results up to a rate of false discoveries, one row a list with a set: list, set, shared, size, fold, p_value, q_value, genes.</summary>
    /// <param name="rate">The largest q, 0 to 1. Default: 1, all of them.</param>
    public Table ToTable(double rate = 1)
    {
        OverRepresentationResult[] kept = [.. Results.Where(one => one.FalseDiscoveryRate <= rate)];
        return new Table(
            new TextColumn("list", [.. kept.Select(one => one.List)]),
            new TextColumn("set", [.. kept.Select(one => one.Set.Name)]),
            new IntegerColumn("shared", [.. kept.Select(one => (long)one.Shared.Count)]),
            new IntegerColumn("size", [.. kept.Select(one => (long)one.Size)]),
            new NumberColumn("fold", [.. kept.Select(one => one.Fold)], "F1"),
            new NumberColumn("p_value", [.. kept.Select(one => one.PValue)], "G3"),
            new NumberColumn("q_value", [.. kept.Select(one => one.FalseDiscoveryRate)], "G3"),
            new TextColumn("genes", [.. kept.Select(one => string.Join(' ', one.Shared))]));
    }
}
