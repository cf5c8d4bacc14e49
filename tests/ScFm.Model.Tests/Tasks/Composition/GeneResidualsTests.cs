using ScFm.Model.Cells;
using ScFm.Model.Metrics;
using ScFm.Model.Tables;
using ScFm.Model.Tasks.Composition;

namespace ScFm.Model.Tests.Tasks.Composition;

public class GeneResidualsTests
{
    private static readonly string[] Genes = ["known", "half", "unknown", "rare"];

    [Fact]
    public void The_normalised_residual_is_the_share_of_a_gene_that_the_model_leaves_out()
    {
        var (counts, model, _) = Planted();

        var table = GeneResiduals.Of(counts, model, Genes).ToTable();

        Assert.Equal(["unknown", "half", "known"], Names(table)); // rare has less than 1 count per 10,000
        Assert.Equal([1, 0.5, 0], Values(table, "normalised_residual").Select(value => Math.Round(value, 3)));
        Assert.True(Values(table, "q_value")[0] < 1e-50);
        Assert.Contains("rare", Names(GeneResiduals.Of(counts, model, Genes).ToTable(minimum: 0)));
    }

    [Fact]
    public void Numbers_are_those_of_the_definition()
    {
        var counts = CsrMatrix.FromDense(new DenseMatrix(2, 2, [1, 3, 2, 2]));
        var model = new DenseMatrix(2, 2, [2000, 8000, 5000, 5000]);

        var table = GeneResiduals.Of(counts, model, ["a", "b"]).ToTable();

        // measured: 2,500 and 7,500; 5,000 and 5,000
        Assert.Equal(["a", "b"], Names(table));
        Assert.Equal([3750, 6250], Values(table, "mean"));
        Assert.Equal([250, -250], Values(table, "residual"));
        Assert.Equal([250.0 / 3750, -250.0 / 6250], Values(table, "normalised_residual"));
        Assert.Equal(500 / Math.Sqrt(2), Values(table, "residual_sd")[0], 1e-9);
        Assert.Equal(3000.0 * 3000 / (2500 * 2500), Values(table, "variance_ratio")[0], 1e-9);
        Assert.Equal(TTest.Paired([500, 0], [0, 0]).PValue, Values(table, "p_value")[0], 1e-12);
    }

    [Fact]
    public void A_baseline_shows_what_the_model_lacks_cell_by_cell()
    {
        var (counts, model, baseline) = Planted();

        var table = GeneResiduals.Of(counts, model, Genes, baseline).ToTable();

        Assert.Equal("unknown", Names(table)[0]);
        Assert.Equal(1, Values(table, "normalised_change")[0], 0.01);
        Assert.True(Values(table, "change_q_value")[0] < 1e-50);
        Assert.Equal(0, Values(table, "normalised_change")[Array.IndexOf(Names(table), "half")], 0.01);
    }

    [Fact]
    public void Blocks_of_cells_give_what_all_cells_give_at_once()
    {
        var (counts, model, baseline) = Planted();
        var blocks = new GeneResiduals(Genes);
        foreach (var rows in Enumerable.Range(0, counts.Rows).Chunk(37))
        {
            blocks.Add(counts.SelectRows(rows), model.SelectRows(rows), baseline.SelectRows(rows));
        }

        Assert.Equal(GeneResiduals.Of(counts, model, Genes, baseline).ToTable().ToCsv(), blocks.ToTable().ToCsv());
        Assert.Equal(counts.Rows, blocks.Cells);
        Assert.Contains("baseline", Assert.Throws<ArgumentException>(() => blocks.Add(counts, model)).Message);
        Assert.Contains("3 genes", Assert.Throws<ArgumentException>(() => new GeneResiduals(Genes[..3]).Add(counts, model)).Message);
    }

    [Fact]
    public void Loadings_that_follow_expression_are_found_over_the_genes_that_both_know()
    {
        var random = new Random(2);
        string[] genes = [.. Enumerable.Range(0, 400).Select(i => $"g{i}")];
        double[] means = [.. genes.Select(_ => Math.Exp(3 * random.NextDouble()) - 1)];
        var loadings = new DenseMatrix(400, 2, [.. means.SelectMany(mean => new[] { (float)(Math.Log(1 + mean) + random.NextDouble()), (float)random.NextDouble() })]);

        // the loadings know other genes as well, in another order
        var found = LoadingAssociation.Of(loadings.SelectRows([.. Enumerable.Range(0, 400).Reverse()]), [.. genes.Reverse()], means[..300], genes[..300]);

        var expected = Correlation.Pearson<double>([.. Enumerable.Range(0, 300).Select(i => (double)loadings[i, 0])], [.. means[..300].Select(mean => Math.Log(1 + mean))]);
        Assert.Equal(expected.Coefficient, found[0].Pearson.Coefficient, 1e-12);
        Assert.True(found[0].Pearson.PValue < 1e-30 && found[0].Spearman.Coefficient > 0.8);
        Assert.True(found[1].Pearson.PValue > 1e-4);
        Assert.Equal(2, LoadingAssociation.ToTable(found).RowCount);
        Assert.Contains("in common", Assert.Throws<ArgumentException>(() => LoadingAssociation.Of(loadings, genes, [1.0], ["ENSG1"])).Message);
    }

    [Fact]
    public void Mean_expression_is_in_counts_per_10000_and_takes_the_cells_that_are_named()
    {
        var cells = new AnnData(CsrMatrix.FromDense(new DenseMatrix(4, 2, [1, 3, 2, 2, 0, 0, 9, 1])), ["a", "b", "c", "d"], ["x", "y"]);

        Assert.Equal([3750, 6250], GeneExpression.Means(cells, [0, 1, 2]));
        Assert.Equal([1], GeneExpression.Above([1, 1.5, double.NaN]));
    }

    private static string[] Names(Table table) => [.. ((TextColumn)table["gene"]).Values!];

    private static double[] Values(Table table, string column) => ((NumberColumn)table[column]).Values.ToArray();

    // Counts per 10,000: 7,000 known, 2,000 half, 1,000 unknown, 0.5 rare.
    private static (CsrMatrix Counts, DenseMatrix Model, DenseMatrix Baseline) Planted()
    {
        var random = new Random(1);
        double[] means = [7000, 2000, 1000, 0.5];
        const int Cells = 200;
        var (counts, model, baseline) = (new DenseMatrix(Cells, 4), new DenseMatrix(Cells, 4), new DenseMatrix(Cells, 4));
        for (var cell = 0; cell < Cells; cell++)
        {
            for (var gene = 0; gene < 4; gene++)
            {
                counts[cell, gene] = MathNet.Numerics.Distributions.Poisson.Sample(random, means[gene]);
            }
            var total = counts.Row(cell).ToArray().Sum();
            float[] share = [.. counts.Row(cell).ToArray().Select(count => count * 10_000 / total)];
            var noise = (float)(10 * random.NextDouble() - 5);
            (model[cell, 0], model[cell, 1]) = (share[0] + noise, share[1] / 2);
            (baseline[cell, 0], baseline[cell, 1], baseline[cell, 2]) = (share[0], share[1] / 2, share[2]);
        }
        return (CsrMatrix.FromDense(counts), model, baseline);
    }
}
