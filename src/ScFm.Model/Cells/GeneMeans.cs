namespace ScFm.Model.Cells;

/// <summary>Each gene's mean log-normalised expression: the baseline that any model must beat.</summary>
public static class GeneMeans
{
    /// <summary>The means over all cells, zeros included, of log1p of counts per 10,000.</summary>
    /// <param name="counts">Raw counts, [cells, genes].</param>
    public static float[] Of(CsrMatrix counts) => Of([counts], counts.Columns);

    /// <summary>The same of cells that come some at a time.</summary>
    internal static float[] Of(MappedCounts counts) => Of(counts.Blocks(), counts.Genes);

    private static float[] Of(IEnumerable<CsrMatrix> blocks, int genes)
    {
        var (sums, cells) = (new double[genes], 0);
        foreach (var block in blocks)
        {
            var values = Normalisation.LogNormalise(block);
            for (var i = 0; i < values.Values.Length; i++)
            {
                sums[values.Indices[i]] += values.Values[i];
            }
            cells += block.Rows;
        }
        return Array.ConvertAll(sums, sum => (float)(sum / cells));
    }
}
