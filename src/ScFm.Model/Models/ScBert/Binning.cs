namespace ScFm.Model.Models.ScBert;

/// <summary>Turns counts into bins: the whole part of log2(1 + counts per 10,000), at most the largest bin.</summary>
/// <remarks>Source: scBERT (Yang et al. 2022), Methods, "Expression embedding"; that the logarithm is cut off and not rounded is the reference code's.</remarks>
public static class Binning
{
    /// <summary>The genes of a cell that fall into a bin above 0.</summary>
    /// <param name="genes">Places of the expressed genes in the model's vocabulary, ascending.</param>
    /// <param name="counts">Their raw counts.</param>
    /// <param name="total">The counts of the cell.</param>
    /// <param name="largestBin">The largest bin, 1 or more.</param>
    public static BinnedCell Of(ReadOnlySpan<int> genes, ReadOnlySpan<float> counts, double total, int largestBin)
    {
        var (places, bins) = (new List<int>(genes.Length), new List<int>(genes.Length));
        for (var i = 0; i < genes.Length; i++)
        {
            if (Bin(counts[i] / total, largestBin) is > 0 and var bin)
            {
                places.Add(genes[i]);
                bins.Add(bin);
            }
        }
        return new BinnedCell([.. places], [.. bins]);
    }

    private static int Bin(double share, int largestBin) => (int)Math.Min(Math.Log2(1 + Cells.Normalisation.DefaultTarget * share), largestBin);
}
