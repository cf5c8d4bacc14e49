using ScFm.Model.Tables;

namespace ScFm.Model.Cells;

/// <summary>Where the genes of cells stand in a vocabulary.</summary>
/// <param name="Target">For each gene of the cells its place, -1 where it has none.</param>
/// <param name="Matches">For each gene of the cells how that was found.</param>
/// <param name="Reachable">Genes of the vocabulary that some name or alias of the cells leads to.</param>
internal sealed record GenePlaces(int[] Target, GeneMatch[] Matches, int Reachable)
{
    /// <summary>Finds the places, as <see cref="GeneMapping"/> says.</summary>
    /// <exception cref="InvalidDataException">The cells have no gene of the vocabulary.</exception>
    public static GenePlaces Of(ICellSource cells, GeneVocabulary vocabulary, GeneAliases? aliases)
    {
        var (names, places) = (cells.VarNames, Of(cells.VarNames, IdsOf(cells), vocabulary, aliases));
        return Array.Exists(places.Target, place => place >= 0)
            ? places
            : throw new InvalidDataException(
                $"None of the {names.Length} genes of the cells ({Examples(names)}) is among the {vocabulary.Count} of the vocabulary ({Examples(vocabulary.Names)}); expected the same kind of names, or a table of aliases between them.");
    }

    /// <summary>Finds the places of names, of which none may be found.</summary>
    /// <param name="names">Names of genes.</param>
    /// <param name="ids">Their Ensembl ids, null where unknown; empty where there are none.</param>
    /// <param name="vocabulary">The genes to find them among.</param>
    /// <param name="aliases">Other names of genes; null for none.</param>
    public static GenePlaces Of(string[] names, ReadOnlySpan<string?> ids, GeneVocabulary vocabulary, GeneAliases? aliases)
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
        return new GenePlaces(target, matches, reachable.Count(gene => gene));
    }

    /// <summary>The Ensembl ids of a source's genes beside their names; empty where it has none.</summary>
    public static ReadOnlySpan<string?> IdsOf(ICellSource cells) => (cells as AnnData)?.Var.Find("gene_ids") is TextColumn column ? column.Values : [];

    private static string Examples(IReadOnlyList<string> names) => string.Join(", ", names.Take(3)) + (names.Count > 3 ? ", ..." : "");
}
