using ScFm.Model.Cells;
using ScFm.Model.Metrics;

namespace ScFm.Model.Tasks.Composition;

/// <summary>How strongly genes are expressed in a group of cells.</summary>
public static class GeneExpression
{
    /// <summary>The mean of each gene over cells, in counts per 10,000; cells without counts are left out.</summary>
    /// <param name="cells">Cells with raw counts; read some at a time.</param>
    /// <param name="which">The cells to take, such as those of a type. Default: all.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <returns>One value a gene; NaN where no cell has counts.</returns>
    public static double[] Means(ICellSource cells, IReadOnlyList<int>? which = null, CancellationToken cancellation = default)
    {
        var moments = new ColumnMoments(cells.GeneCount);
        foreach (var (_, counts) in cells.Blocks(which, cancellation))
        {
            var totals = counts.RowSums();
            for (var cell = 0; cell < counts.Rows; cell++)
            {
                if (totals[cell] > 0)
                {
                    var factor = Normalisation.DefaultTarget / totals[cell];
                    moments.AddSparse(counts.RowIndices(cell), Array.ConvertAll(counts.RowValues(cell).ToArray(), value => value * factor));
                }
            }
        }
        return [.. Enumerable.Range(0, cells.GeneCount).Select(moments.Mean)];
    }

    /// <summary>The genes whose mean is above a threshold.</summary>
    /// <param name="means">One mean a gene, in counts per 10,000.</param>
    /// <param name="minimum">The threshold. Default: 1 count per 10,000, as in the paper.</param>
    /// <returns>Indices, ascending.</returns>
    public static int[] Above(IReadOnlyList<double> means, double minimum = 1) =>
        [.. Enumerable.Range(0, means.Count).Where(gene => means[gene] > minimum)];
}
