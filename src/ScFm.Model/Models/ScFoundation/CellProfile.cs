using ScFm.Model.Cells;

namespace ScFm.Model.Models.ScFoundation;

/// <summary>The counts of one cell beside its log-normalised values.</summary>
internal sealed class CellProfile
{
    private CellProfile(int[] genes, float[] counts)
    {
        (Genes, Counts) = (genes, counts);
        foreach (var count in counts)
        {
            Total += count;
        }
        Values = Array.ConvertAll(counts, count => (float)Math.Log(1 + count / Total * Normalisation.DefaultTarget));
    }

    /// <summary>Expressed genes, ascending.</summary>
    public int[] Genes { get; }

    /// <summary>Their counts.</summary>
    public float[] Counts { get; }

    /// <summary>Their values: log1p of counts per 10,000.</summary>
    public float[] Values { get; }

    /// <summary>The total count.</summary>
    public double Total { get; }

    /// <summary>log10 of the total count: what the tokens S and T carry.</summary>
    public float LogTotal => (float)Math.Log10(Total);

    /// <summary>A profile of a row of counts.</summary>
    public static CellProfile Of(CsrMatrix counts, int cell) => new(counts.RowIndices(cell).ToArray(), counts.RowValues(cell).ToArray());

    /// <summary>The value of a gene; 0 where it is not expressed.</summary>
    public float ValueOf(int gene)
    {
        var at = Array.BinarySearch(Genes, gene);
        return at < 0 ? 0 : Values[at];
    }

    /// <summary>Keeps each count with the given probability.</summary>
    public CellProfile Thin(double rate, Random random)
    {
        var thinned = new float[Counts.Length];
        Downsampling.Binomial(Counts, rate, random, thinned);
        var kept = Enumerable.Range(0, thinned.Length).Where(i => thinned[i] > 0).ToArray();
        return new CellProfile([.. kept.Select(i => Genes[i])], [.. kept.Select(i => thinned[i])]);
    }
}
