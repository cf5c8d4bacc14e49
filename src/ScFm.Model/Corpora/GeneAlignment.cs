namespace ScFm.Model.Corpora;

/// <summary>Puts the genes of several sources into one order, by name.</summary>
internal static class GeneAlignment
{
    /// <summary>The genes of all together, and for each source where its genes stand among them.</summary>
    /// <param name="sources">The name of each source, for errors, and its genes, each once.</param>
    /// <param name="join">Which genes to keep.</param>
    /// <exception cref="InvalidDataException">No gene is in all sources, where those are to be kept.</exception>
    public static (string[] Genes, int[][] Targets) Join(IReadOnlyList<(string Name, string[] Genes)> sources, GeneJoin join)
    {
        string[] genes = join == GeneJoin.Inner
            ? Inner(sources)
            : [.. sources.SelectMany(source => source.Genes).Distinct(StringComparer.Ordinal)];
        var placeOf = Places(genes);
        int[][] targets = [.. sources.Select(source => Array.ConvertAll(source.Genes, gene => placeOf.GetValueOrDefault(gene, -1)))];
        return (genes, targets);
    }

    /// <summary>The place of each name among the distinct ones, in the order in which they first stand.</summary>
    public static Dictionary<string, int> Places(string[] names)
    {
        var placeOf = new Dictionary<string, int>(names.Length, StringComparer.Ordinal);
        foreach (var name in names)
        {
            placeOf.TryAdd(name, placeOf.Count);
        }
        return placeOf;
    }

    private static string[] Inner(IReadOnlyList<(string Name, string[] Genes)> sources)
    {
        var genes = sources[0].Genes;
        for (var i = 1; i < sources.Count; i++)
        {
            var (before, others) = (genes, sources[i].Genes.ToHashSet(StringComparer.Ordinal));
            genes = Array.FindAll(genes, others.Contains);
            if (genes.Length == 0)
            {
                throw new InvalidDataException(
                    $"'{sources[i].Name}' has none of the {before.Length} genes ({Examples(before)}) of {string.Join(", ", sources.Take(i).Select(source => $"'{source.Name}'"))} among its {others.Count} ({Examples(sources[i].Genes)}); expected the same kind of names.");
            }
        }
        return genes;
    }

    private static string Examples(string[] names) => string.Join(", ", names.Take(3)) + (names.Length > 3 ? ", ..." : "");
}
