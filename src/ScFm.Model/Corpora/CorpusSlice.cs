using ScFm.Model.Cells;

namespace ScFm.Model.Corpora;

/// <summary>A source seen through the genes of a corpus.</summary>
/// <param name="source">The cells.</param>
/// <param name="target">For each gene of the source its place in the corpus, -1 where it is left out; null where both have the same genes in the same order.</param>
/// <param name="genes">Number of genes of the corpus.</param>
internal sealed class CorpusSlice(CorpusSource source, int[]? target, int genes)
{
    public CorpusSource Source { get; } = source;

    /// <summary>True where the source's values are the corpus's as they stand.</summary>
    public bool IsWhole => target is null;

    /// <summary>The slice of a source with all its genes; those of one name are summed.</summary>
    public static CorpusSlice Of(CorpusSource source, out string[] genes)
    {
        genes = source.Cells.VarNames;
        var placeOf = GeneAlignment.Places(genes);
        if (placeOf.Count == genes.Length)
        {
            return new CorpusSlice(source, null, genes.Length);
        }
        var target = Array.ConvertAll(genes, gene => placeOf[gene]);
        genes = [.. placeOf.OrderBy(place => place.Value).Select(place => place.Key)];
        return new CorpusSlice(source, target, genes.Length);
    }

    /// <summary>This slice with the corpus's genes moved to other places.</summary>
    /// <param name="moved">For each gene its new place, -1 where it is left out.</param>
    /// <param name="count">Number of genes there are then.</param>
    public CorpusSlice Then(int[] moved, int count)
    {
        var composed = target is null ? moved : Array.ConvertAll(target, place => place < 0 ? -1 : moved[place]);
        return new CorpusSlice(Source, IsIdentity(composed, count) ? null : composed, count);
    }

    /// <summary>True where both give the same values for a cell.</summary>
    public bool Equals(CorpusSlice other) =>
        Source == other.Source && GeneCount == other.GeneCount && IsWhole == other.IsWhole && (IsWhole || Target.SequenceEqual(other.Target));

    /// <summary>Reads cells of the source, in the corpus's genes.</summary>
    public CsrMatrix Read(ReadOnlySpan<int> cells, CancellationToken cancellation)
    {
        var read = Source.Cells.Read(cells, cancellation);
        return target is null ? read : read.MapColumns(target, genes);
    }

    /// <summary>Adds the Ensembl ids of the source to those that are known of the corpus's genes.</summary>
    public void AddIds(string?[] known)
    {
        var ids = Source.Cells.GeneIds ?? [];
        for (var gene = 0; gene < ids.Length; gene++)
        {
            var place = target is null ? gene : target[gene];
            if (place >= 0)
            {
                known[place] ??= ids[gene];
            }
        }
    }

    private int GeneCount => genes;

    private ReadOnlySpan<int> Target => target;

    private static bool IsIdentity(int[] target, int count)
    {
        for (var i = 0; i < target.Length; i++)
        {
            if (target[i] != i)
            {
                return false;
            }
        }
        return target.Length == count;
    }
}
