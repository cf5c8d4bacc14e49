using MathNet.Numerics;
using ScFm.Model.Metrics;

namespace ScFm.Model.GeneSets;

/// <summary>Gene sets of which a list of genes has more than a list drawn from the same background would have.</summary>
/// <remarks>
/// The one-sided hypergeometric test (Fisher's exact test of the two by two table). It is as honest as its background: that must be the genes that could have been in the list, such as those that were
/// clustered, and not all genes there are. Genes outside the background count nowhere.
/// </remarks>
/// <example><code>var report = OverRepresentation.Run([("module 0", genes)], clustered, GeneSetFile.Read("h.all.v7.0.symbols.gmt"));</code></example>
public static class OverRepresentation
{
    /// <summary>Looks for sets in lists.</summary>
    /// <param name="lists">Lists of genes, each with a name of its own.</param>
    /// <param name="background">The genes that could have been in a list.</param>
    /// <param name="sets">The gene sets.</param>
    /// <param name="options">Which sets are looked for. Default: those with 5 to 500 genes of the background.</param>
    /// <exception cref="ArgumentException">An option is out of range, a list has a gene that is not in the background, or no set has enough of the background's genes.</exception>
    public static OverRepresentationReport Run(
        IReadOnlyList<(string Name, IReadOnlyList<string> Genes)> lists, IReadOnlyCollection<string> background, IReadOnlyList<GeneSet> sets, OverRepresentationOptions? options = null)
    {
        options = Options.Validate(options ?? new());
        var known = background.ToHashSet();
        foreach (var (name, genes) in lists)
        {
            if (genes.FirstOrDefault(gene => !known.Contains(gene)) is { } stranger)
            {
                throw new ArgumentException($"The gene '{stranger}' of the list '{name}' is not in the background of {known.Count} genes; expected lists of genes of the background.", nameof(lists));
            }
        }
        var looked = sets.Select(set => (Set: set, Genes: set.Genes.Where(known.Contains).ToHashSet()))
            .Where(one => one.Genes.Count >= options.MinSize && one.Genes.Count <= options.MaxSize).ToArray();
        if (looked.Length == 0)
        {
            throw new ArgumentException(
                $"None of the {sets.Count} gene sets has {options.MinSize} to {options.MaxSize} of the background's {known.Count} genes{(known.Count > 0 ? $", such as '{known.First()}'" : "")}; expected sets with the same names of genes.");
        }
        var results = (from list in lists
                       let genes = list.Genes.Distinct().ToArray()
                       from one in looked
                       let shared = Array.FindAll(genes, one.Genes.Contains)
                       let expected = (double)genes.Length * one.Genes.Count / known.Count
                       select new OverRepresentationResult(list.Name, one.Set, one.Genes.Count, shared, expected, Tail(shared.Length, genes.Length, one.Genes.Count, known.Count), double.NaN)).ToArray();
        var rates = FalseDiscovery.BenjaminiHochberg(Array.ConvertAll(results, one => one.PValue));
        var order = lists.Select((list, i) => (list.Name, i)).ToDictionary(list => list.Name, list => list.i);
        return new OverRepresentationReport(
            [.. results.Select((one, i) => one with { FalseDiscoveryRate = rates[i] }).Where(one => one.Shared.Count > 0).OrderBy(one => order[one.List]).ThenBy(one => one.PValue)],
            known.Count, sets.Count - looked.Length);
    }

    /// <summary>How likely a draw without replacement has at least so many marked ones.</summary>
    /// <param name="least">Marked ones that are drawn at least.</param>
    /// <param name="drawn">How many are drawn.</param>
    /// <param name="marked">How many are marked.</param>
    /// <param name="all">How many there are.</param>
    internal static double Tail(int least, int drawn, int marked, int all)
    {
        if (least <= Math.Max(0, drawn + marked - all))
        {
            return 1;
        }
        // term by term from the first: one minus the rest would lose all digits of a small tail
        var term = Math.Exp(SpecialFunctions.BinomialLn(marked, least) + SpecialFunctions.BinomialLn(all - marked, drawn - least) - SpecialFunctions.BinomialLn(all, drawn));
        var sum = 0.0;
        for (var count = least; count <= Math.Min(drawn, marked); count++)
        {
            sum += term;
            term *= (double)(marked - count) * (drawn - count) / ((count + 1.0) * (all - marked - drawn + count + 1.0));
        }
        return Math.Min(1, sum);
    }
}
