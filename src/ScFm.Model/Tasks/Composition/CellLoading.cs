using ScFm.Model.Cells;
using ScFm.Model.Corpora;

namespace ScFm.Model.Tasks.Composition;

/// <summary>Brings named cells of a study into memory, in its genes.</summary>
/// <param name="sources">The sources.</param>
/// <param name="genes">The genes of the study.</param>
internal sealed class CellLoading(IReadOnlyList<StudySource> sources, IReadOnlyList<string> genes)
{
    /// <summary>The genes of the study.</summary>
    internal IReadOnlyList<string> Genes => genes;

    /// <summary>For the genes that all sources have.</summary>
    /// <exception cref="InvalidDataException">There is none; the message names the sources.</exception>
    internal static CellLoading OfShared(IReadOnlyList<StudySource> sources) => new(sources, Corpus.Join([.. sources.Select(source => source.Cells)]).VarNames);

    /// <summary>For some of these genes: those of the highest mean over sets of the mean log1p of counts per 10,000.</summary>
    /// <param name="most">How many.</param>
    /// <param name="sets">Cells of each set, in the genes here.</param>
    internal CellLoading Highest(int most, IEnumerable<AnnData> sets)
    {
        var sums = new double[genes.Count];
        foreach (var set in sets)
        {
            var means = GeneMeans.Of(set.X);
            for (var gene = 0; gene < sums.Length; gene++)
            {
                sums[gene] += means[gene];
            }
        }
        return new CellLoading(sources, [.. Enumerable.Range(0, sums.Length).OrderByDescending(gene => sums[gene]).Take(most).Order().Select(gene => genes[gene])]);
    }

    /// <summary>The cells as a corpus, whose recipe gives them again.</summary>
    /// <param name="cells">Which, at least one.</param>
    /// <param name="reason">What they are, for the recipe.</param>
    internal Corpus Choose(IEnumerable<CellKey> cells, string reason) => Corpus.Join(
    [
        .. cells.GroupBy(cell => cell.Source).OrderBy(group => group.Key)
            .Select(group => sources[group.Key].Cells.Choose([.. group.Select(cell => cell.Row).Order()], reason)),
    ]).SelectGenes(genes);

    /// <summary>Reads cells; those without a count of the study's genes are left out.</summary>
    /// <returns>Raw counts, [cells, genes]; obs has the column source, uns the recipe.</returns>
    internal static AnnData Load(Corpus corpus, CancellationToken cancellation)
    {
        var cells = corpus.Load(cancellation);
        int[] expressing = [.. Enumerable.Range(0, cells.CellCount).Where(cell => !cells.X.RowIndices(cell).IsEmpty)];
        return expressing.Length == cells.CellCount ? cells : cells.SelectCells(expressing);
    }
}
