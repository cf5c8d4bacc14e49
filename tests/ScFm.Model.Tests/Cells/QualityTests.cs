using ScFm.Model.Cells;
using ScFm.Model.Tables;

namespace ScFm.Model.Tests.Cells;

public sealed class QualityTests
{
    [Fact]
    public void Metrics_equal_sums_over_the_dense_matrix()
    {
        var cells = AnnDataReader.Read(TestFolders.Sample);
        QualityControl.Measure(cells);

        var dense = cells.X.ToDense();
        for (var row = 0; row < cells.CellCount; row += 97)
        {
            var counts = dense.Row(row).ToArray();
            var mitochondrial = counts.Where((_, gene) => cells.VarNames[gene].StartsWith("MT-")).Sum();
            Assert.Equal((long)counts.Count(count => count > 0), cells.Obs["n_genes_by_counts"][row]);
            Assert.Equal((double)counts.Sum(), cells.Obs["total_counts"][row]);
            Assert.Equal(100.0 * mitochondrial / counts.Sum(), (double)cells.Obs["pct_counts_mt"][row]!, 1e-9);
        }
    }

    [Fact]
    public void A_cell_of_exactly_the_bound_is_removed()
    {
        // Expressed genes: 2, 3, 1; counts: 3, 3, 9.
        var cells = Cells(3, [1, 2, 0, 1, 1, 1, 0, 0, 9]);

        var (kept, report) = QualityControl.Filter(cells, new QualityOptions { MinGenes = 1, MaxCounts = 5 });

        Assert.Equal(["c0", "c1"], kept.ObsNames);
        Assert.Equal((3, 2), (report.Before, report.After));
        Assert.Equal([("more than 1 expressed genes", 1), ("at most 5 counts", 1)], report.Removed);
        Assert.Equal(3, report.ToTable().RowCount);
    }

    [Fact]
    public void Pbmc3k_passes_the_default_but_for_cells_of_few_genes()
    {
        var (kept, report) = QualityControl.Filter(AnnDataReader.Read(TestFolders.Real("pbmc3k")), new QualityOptions { MaxMitochondrialShare = 0.05 });

        Assert.Equal(2643, kept.CellCount); // the Seurat tutorial keeps 2,638: it also removes cells of 2,500 genes and more, of which there are 5
        Assert.Equal(57, report.Removed.Single(row => row.Criterion.Contains("mitochondrial")).Removed);
    }

    [Fact]
    public void No_cell_left_is_an_error_that_names_each_criterion()
    {
        var error = Assert.Throws<InvalidDataException>(() => QualityControl.Filter(Cells(3, [1, 2, 0, 1, 1, 1]), new QualityOptions { MinGenes = 2, MinCounts = 4 }));

        Assert.Contains("left no cell: 0 of 2 cells kept; 1 fail 'more than 2 expressed genes', 2 fail 'at least 4 counts'", error.Message);
    }

    [Fact]
    public void A_mitochondrial_bound_without_mitochondrial_genes_is_an_error() =>
        Assert.Contains("begins with MT-", Assert.Throws<InvalidDataException>(
            () => QualityControl.Filter(Cells(1, [5]), new QualityOptions { MinGenes = 0, MaxMitochondrialShare = 0.1 })).Message);

    [Fact]
    public void An_option_out_of_range_is_named() =>
        Assert.Contains("MaxMitochondrialShare is 5; expected a share from 0 to 1", Assert.Throws<ArgumentOutOfRangeException>(
            () => QualityControl.Filter(Cells(1, [5]), new QualityOptions { MaxMitochondrialShare = 5 })).Message);

    [Fact]
    public void Selected_cells_take_their_labels_along()
    {
        var cells = Cells(1, [5, 0, 7]);
        cells.Obs = cells.Obs.With(new TextColumn("label", ["a", "b", "c"]));

        var (kept, _) = QualityControl.Filter(cells, new QualityOptions { MinGenes = 0 });

        Assert.Equal(["a", "c"], Enumerable.Range(0, 2).Select(row => kept.Obs["label"][row]));
    }

    internal static AnnData Cells(int genes, float[] values) => new(
        CsrMatrix.FromDense(new DenseMatrix(values.Length / genes, genes, values)),
        [.. Enumerable.Range(0, values.Length / genes).Select(row => $"c{row}")],
        [.. Enumerable.Range(0, genes).Select(gene => $"g{gene}")]);
}
