using ScFm.Model.Cells;

namespace ScFm.Model.Models.ScFoundation;

/// <summary>Each gene's mean log-normalised expression: the baseline that any model must beat.</summary>
public static class GeneMeans
{
    /// <summary>The means over all cells, zeros included, of log1p of counts per 10,000.</summary>
    /// <param name="counts">Raw counts, [cells, genes].</param>
    public static float[] Of(CsrMatrix counts)
    {
        var sums = Normalisation.LogNormalise(counts).ColumnSums();
        return Array.ConvertAll(sums, sum => (float)(sum / counts.Rows));
    }
}
