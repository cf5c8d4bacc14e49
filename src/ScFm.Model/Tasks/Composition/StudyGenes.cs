using ScFm.Model.Cells;
using ScFm.Model.Models.ScFoundation;

namespace ScFm.Model.Tasks.Composition;

/// <summary>The genes of a study: those that every source has, under the names of the first.</summary>
internal sealed class StudyGenes
{
    private readonly GeneAliases aliases;

    private StudyGenes(GeneVocabulary vocabulary, GeneAliases aliases) => (Vocabulary, this.aliases) = (vocabulary, aliases);

    internal GeneVocabulary Vocabulary { get; }

    /// <summary>Finds the genes that all sources have.</summary>
    /// <exception cref="InvalidDataException">There are fewer than two; the message names the source where they end.</exception>
    internal static StudyGenes Shared(IReadOnlyList<StudySource> sources, GeneAliases aliases)
    {
        var shared = new GeneVocabulary(sources[0].Cells.VarNames.Distinct());
        foreach (var source in sources)
        {
            var missing = Missing(source, shared, aliases);
            if (shared.Count - missing.Count < 2)
            {
                throw new InvalidDataException(
                    $"'{source.Path}' shares {shared.Count - missing.Count} genes with {(source == sources[1] ? $"'{sources[0].Path}'" : "those before it")}: its genes are named {string.Join(", ", source.Cells.VarNames.Take(3))}, ..., those of '{sources[0].Path}' {string.Join(", ", sources[0].Cells.VarNames.Take(3))}, ...; expected the same kind of names, or a table in aliases.");
            }
            shared = new GeneVocabulary(shared.Names.Where(gene => !missing.Contains(gene)));
        }
        return new StudyGenes(shared, aliases);
    }

    /// <summary>The given number of them, those of the highest mean over sets of log1p of counts per 10,000.</summary>
    /// <param name="most">How many.</param>
    /// <param name="sets">Cells of each set, in the genes here.</param>
    internal StudyGenes Highest(int most, IEnumerable<AnnData> sets)
    {
        var sums = new double[Vocabulary.Count];
        foreach (var set in sets)
        {
            var means = GeneMeans.Of(set.X);
            for (var gene = 0; gene < sums.Length; gene++)
            {
                sums[gene] += means[gene];
            }
        }
        var chosen = Enumerable.Range(0, sums.Length).OrderByDescending(gene => sums[gene]).Take(most).Order();
        return new StudyGenes(new GeneVocabulary(chosen.Select(gene => Vocabulary.Names[gene])), aliases);
    }

    /// <summary>Brings cells of a source to these genes.</summary>
    internal AnnData Map(StudySource source, CsrMatrix values, string[] names) => Map(source, values, names, Vocabulary, aliases).Cells;

    private static HashSet<string> Missing(StudySource source, GeneVocabulary genes, GeneAliases aliases)
    {
        try
        {
            return [.. Map(source, new CsrMatrix(0, source.Cells.GeneCount, [0], [], []), [], genes, aliases).Report.Missing];
        }
        catch (InvalidDataException) // none is there
        {
            return [.. genes.Names];
        }
    }

    private static (AnnData Cells, GeneReport Report) Map(StudySource source, CsrMatrix values, string[] names, GeneVocabulary genes, GeneAliases aliases) =>
        GeneMapping.Map(new AnnData(values, names, source.Cells.VarNames, var: (source.Cells as AnnData)?.Var), genes, aliases);
}
