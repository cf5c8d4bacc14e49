using ScFm.Model.Cells;

namespace ScFm.Model.Tasks.ReadDepth;

/// <summary>Chooses the genes of a study.</summary>
public static class StudyGenes
{
    /// <summary>The genes of highest mean log-normalised expression: few of them hold most of the reads, so that thinned cells keep something to go by.</summary>
    /// <param name="training">Cells with raw counts, none of which is scored.</param>
    /// <param name="most">Largest number of genes, 1 or more; null: any.</param>
    /// <param name="leastCells">The number of cells that must express a gene.</param>
    /// <returns>Column indices, ascending.</returns>
    public static int[] MostExpressed(AnnData training, int? most, int leastCells)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most ?? 1, 1, nameof(most));
        var (cells, sums) = (training.X.ColumnCounts(), Normalisation.LogNormalise(training.X).ColumnSums());
        return
        [
            .. Enumerable.Range(0, cells.Length).Where(gene => cells[gene] >= leastCells)
                .OrderByDescending(gene => sums[gene]).Take(most ?? int.MaxValue).Order(),
        ];
    }
}
