using ScFm.Model.Tables;

namespace ScFm.Model.Cells;

/// <summary>Where the genes of cells stand in a vocabulary.</summary>
/// <param name="Target">For each gene of the cells its place, -1 where it has none.</param>
/// <param name="Matches">For each gene of the cells how that was found.</param>
/// <param name="Reachable">Genes of the vocabulary that some name or alias of the cells leads to.</param>
internal sealed record GenePlaces(int[] Target, GeneMatch[] Matches, int Reachable)
{
    private const string IdColumn = "gene_ids";

    /// <summary>Finds the places, as <see cref="GeneMapping"/> says.</summary>
    /// <exception cref="InvalidDataException">The cells have no gene of the vocabulary.</exception>
    public static GenePlaces Of(ICellSource cells, GeneVocabulary vocabulary, GeneAliases? aliases)
    {
        var (names, places) = (cells.VarNames, Of(cells.VarNames, cells.GeneIds, vocabulary, aliases));
        return Array.Exists(places.Target, place => place >= 0)
            ? places
            : throw new InvalidDataException(
                $"None of the {names.Length} genes of the cells ({Examples(names)}) is among the {vocabulary.Count} of the vocabulary ({Examples(vocabulary.Names)}); expected the same kind of names, or a table of aliases between them.");
    }

    /// <summary>Finds the places of names, of which none may be found.</summary>
    /// <param name="names">Names of genes.</param>
    /// <param name="ids">Their Ensembl ids, null where unknown; null where there are none.</param>
    /// <param name="vocabulary">The genes to find them among.</param>
    /// <param name="aliases">Other names of genes; null for none.</param>
    public static GenePlaces Of(string[] names, string?[]? ids, GeneVocabulary vocabulary, GeneAliases? aliases)
    {
        var matcher = new GeneMatcher(vocabulary, aliases ?? new GeneAliases());
        var (target, matches) = (new int[names.Length], new GeneMatch[names.Length]);
        var present = new bool[vocabulary.Count];
        for (var i = 0; i < target.Length; i++)
        {
            (target[i], matches[i]) = matcher.Own(names[i], ids?[i]);
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
                (target[i], matches[i]) = matcher.Alias(names[i], ids?[i], present, reachable);
            }
        }
        return new GenePlaces(target, matches, reachable.Count(gene => gene));
    }

    /// <summary>The Ensembl ids that stand in var; null where there are none.</summary>
    public static string?[]? IdsIn(Table var) => var.Find(IdColumn) is { } ids ? ColumnLabels.Of(ids) : null;

    /// <summary>Var with the Ensembl ids of genes.</summary>
    /// <param name="ids">The ids; null where there are none.</param>
    /// <param name="genes">Number of genes.</param>
    public static Table WithIds(IEnumerable<string?>? ids, int genes) => ids is null ? new Table(genes) : new Table(new TextColumn(IdColumn, [.. ids]));

    private static string Examples(IReadOnlyList<string> names) => string.Join(", ", names.Take(3)) + (names.Count > 3 ? ", ..." : "");
}
