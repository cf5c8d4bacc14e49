using ScFm.Model.Tables;

namespace ScFm.Model.Cells;

/// <summary>Brings cells to the genes of a vocabulary, in its order.</summary>
public static class GeneMapping
{
    /// <summary>Maps cells to a vocabulary: genes are matched by name, Ensembl id and alias, duplicates summed, missing ones padded with zeros.</summary>
    /// <remarks>
    /// An own name goes before an alias: where the data have both HNRNPU and HNRNPU-AS1, an alias table that calls the one an old name of
    /// the other does not make them one. An alias of several genes stands for the first of them that the data lack.
    /// </remarks>
    /// <param name="cells">The cells, with symbols or Ensembl ids as gene names; a var column gene_ids is used too. Left as they are.</param>
    /// <param name="vocabulary">The genes of the result, in order.</param>
    /// <param name="aliases">Other names of genes. Default: none.</param>
    /// <returns>The cells with X and layers of [cells, vocabulary], and what was done.</returns>
    /// <exception cref="InvalidDataException">The cells have no gene of the vocabulary.</exception>
    public static (AnnData Cells, GeneReport Report) Map(AnnData cells, GeneVocabulary vocabulary, GeneAliases? aliases = null)
    {
        var ids = cells.Var.Find("gene_ids") is TextColumn column ? column.Values : default;
        var (target, matches, reachable) = Places(cells.VarNames, ids, vocabulary, aliases);
        Require(target, cells.VarNames, vocabulary);
        var x = cells.X.MapColumns(target, vocabulary.Count);
        var mapped = cells.With(x, [.. vocabulary.Names], Var(vocabulary), layer => layer.MapColumns(target, vocabulary.Count));
        return (mapped, new GeneReport(cells, vocabulary, target, matches, reachable, x));
    }

    /// <summary>The place of each gene in a vocabulary, by name, Ensembl id and alias; see <see cref="Map"/>.</summary>
    /// <param name="names">The names of the genes.</param>
    /// <param name="ids">Their Ensembl ids, null where unknown; empty where there are none.</param>
    /// <param name="vocabulary">The genes to find them among.</param>
    /// <param name="aliases">Other names of genes. Default: none.</param>
    /// <returns>The place of each or -1, how it was found, and how many genes of the vocabulary some name leads to.</returns>
    internal static (int[] Target, GeneMatch[] Matches, int Reachable) Places(string[] names, ReadOnlySpan<string?> ids, GeneVocabulary vocabulary, GeneAliases? aliases)
    {
        var matcher = new GeneMatcher(vocabulary, aliases ?? new GeneAliases());
        var (target, matches) = (new int[names.Length], new GeneMatch[names.Length]);
        var present = new bool[vocabulary.Count];
        for (var i = 0; i < target.Length; i++)
        {
            (target[i], matches[i]) = matcher.Own(names[i], ids.IsEmpty ? null : ids[i]);
            if (target[i] >= 0)
            {
                present[target[i]] = true;
            }
        }
        var reachable = (bool[])present.Clone();
        for (var i = 0; i < target.Length; i++)
        {
            if (target[i] < 0)
            {
                (target[i], matches[i]) = matcher.Alias(names[i], ids.IsEmpty ? null : ids[i], present, reachable);
            }
        }
        return (target, matches, reachable.Count(gene => gene));
    }

    /// <summary>Returns quietly where a gene was found.</summary>
    /// <exception cref="InvalidDataException">None was.</exception>
    internal static void Require(int[] target, string[] names, GeneVocabulary vocabulary)
    {
        if (!Array.Exists(target, place => place >= 0))
        {
            throw new InvalidDataException(
                $"None of the {names.Length} genes of the cells ({Examples(names)}) is among the {vocabulary.Count} of the vocabulary ({Examples(vocabulary.Names)}); expected the same kind of names, or a table of aliases between them.");
        }
    }

    private static Table Var(GeneVocabulary vocabulary) => vocabulary.Ids is { } ids
        ? new Table(new TextColumn("gene_ids", [.. ids]))
        : new Table(vocabulary.Count);

    private static string Examples(IReadOnlyList<string> names) => string.Join(", ", names.Take(3)) + (names.Count > 3 ? ", ..." : "");
}
