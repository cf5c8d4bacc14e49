using MathNet.Numerics.Distributions;

namespace ScFm.Model.Models.ScFoundation;

/// <summary>The counts of one cell beside its log-normalised values.</summary>
internal sealed class CellProfile
{
    /// <summary>Counts are scaled to this total before the logarithm, as in the paper.</summary>
    private const double ScaledTotal = 1e4;

    private CellProfile(int[] genes, float[] counts)
    {
        (Genes, Counts) = (genes, counts);
        foreach (var count in counts)
        {
            Total += count;
        }
        Values = Array.ConvertAll(counts, count => (float)Math.Log(1 + count / Total * ScaledTotal));
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

    /// <summary>A profile of counts.</summary>
    public static CellProfile Of(ReadOnlySpan<int> genes, ReadOnlySpan<float> counts) => new(genes.ToArray(), counts.ToArray());

    /// <summary>The value of a gene; 0 where it is not expressed.</summary>
    public float ValueOf(int gene)
    {
        var at = Array.BinarySearch(Genes, gene);
        return at < 0 ? 0 : Values[at];
    }

    /// <summary>Keeps each count with the given probability.</summary>
    public CellProfile Thin(double rate, Random random)
    {
        var (genes, counts) = (new List<int>(Genes.Length), new List<float>(Genes.Length));
        for (var i = 0; i < Genes.Length; i++)
        {
            var kept = Binomial.Sample(random, rate, (int)Counts[i]);
            if (kept > 0)
            {
                genes.Add(Genes[i]);
                counts.Add(kept);
            }
        }
        return new CellProfile([.. genes], [.. counts]);
    }
}
