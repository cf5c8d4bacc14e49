using ScFm.Model.Cells;

namespace ScFm.Model.Models.ScFoundation;

/// <summary>Makes tokens of cells as they were measured: nothing is masked, and each cell's own depth is observed and asked for.</summary>
internal static class OwnDepthTokens
{
    /// <summary>The tokens of some cells.</summary>
    /// <param name="counts">Raw counts of the model's genes, [cells, genes]; each cell expresses some.</param>
    /// <param name="wanted">The genes that are asked of each cell.</param>
    /// <param name="totals">Counts of all genes of each cell as they were told, where the cells have only some of them. Default: the sum over the model's genes, as in training.</param>
    public static CellTokens[] Of(CsrMatrix counts, int[] wanted, double[]? totals = null)
    {
        totals ??= counts.RowSums();
        var values = Normalisation.LogNormalise(counts, totals);
        var tokens = new CellTokens[counts.Rows];
        for (var cell = 0; cell < tokens.Length; cell++)
        {
            var depth = (float)Math.Log10(totals[cell]);
            tokens[cell] = new CellTokens
            {
                Visible = values.RowIndices(cell).ToArray(),
                VisibleValues = values.RowValues(cell).ToArray(),
                TargetDepth = depth,
                SourceDepth = depth,
                Wanted = wanted,
            };
        }
        return tokens;
    }
}
