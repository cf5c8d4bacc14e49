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
        var matcher = new GeneMatcher(vocabulary, aliases ?? new GeneAliases());
        var ids = cells.Var.Find("gene_ids") is TextColumn column ? column.Values : default;
        var (target, matches) = (new int[cells.GeneCount], new GeneMatch[cells.GeneCount]);
        var present = new bool[vocabulary.Count];
        for (var i = 0; i < target.Length; i++)
        {
            (target[i], matches[i]) = matcher.Own(cells.VarNames[i], ids.IsEmpty ? null : ids[i]);
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
                (target[i], matches[i]) = matcher.Alias(cells.VarNames[i], ids.IsEmpty ? null : ids[i], present, reachable);
            }
        }
        if (!Array.Exists(target, place => place >= 0))
        {
            throw new InvalidDataException(
                $"None of the {cells.GeneCount} genes of the cells ({Examples(cells.VarNames)}) is among the {vocabulary.Count} of the vocabulary ({Examples(vocabulary.Names)}); expected the same kind of names, or a table of aliases between them.");
        }
        var x = cells.X.MapColumns(target, vocabulary.Count);
        var mapped = cells.With(x, [.. vocabulary.Names], Var(vocabulary), layer => layer.MapColumns(target, vocabulary.Count));
        return (mapped, new GeneReport(cells, vocabulary, target, matches, reachable.Count(gene => gene), x));
    }

    private static Table Var(GeneVocabulary vocabulary) => vocabulary.Ids is { } ids
        ? new Table(new TextColumn("gene_ids", [.. ids]))
        : new Table(vocabulary.Count);

    private static string Examples(IReadOnlyList<string> names) => string.Join(", ", names.Take(3)) + (names.Count > 3 ? ", ..." : "");
}
