namespace ScFm.Model.Cells;

/// <summary>The most variable genes of a matrix in one call; <see cref="VariableGenes"/> has the flavours, batches and the whole table.</summary>
public static class HighlyVariableGenes
{
    /// <summary>The genes of largest normalised dispersion, by the flavour Seurat.</summary>
    /// <param name="logNormalised">log1p of scaled counts, [cells, genes], as <see cref="Normalisation"/> makes them.</param>
    /// <param name="count">How many genes, 1 or more; fewer are given where fewer vary. Default: 2,000.</param>
    /// <returns>Column indices, ascending.</returns>
    public static int[] Select(CsrMatrix logNormalised, int count = 2000)
    {
        var cells = new AnnData(logNormalised, Numbered(logNormalised.Rows), Numbered(logNormalised.Columns));
        return VariableGenes.Find(cells, new VariableGeneOptions { Count = count, LogNormalised = true }).Indices;
    }

    private static string[] Numbered(int count) => [.. Enumerable.Range(0, count).Select(i => i.ToString(System.Globalization.CultureInfo.InvariantCulture))];
}
