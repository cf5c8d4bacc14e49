using ScFm.Model.Cells;
using ScFm.Model.Metrics;
using ScFm.Model.Models.ScVi;
using ScFm.Model.Tables;
using ScFm.Model.Tests.Training;

namespace ScFm.Model.Tests.Models.ScVi;

[Collection(nameof(TorchGenerator))]
public sealed class ScViExpressionTests
{
    private static readonly (AnnData Cells, DenseMatrix Shares) planted = PlantedCells.MakeWithShares(500);

    private static readonly Lazy<ScViModel> trained = new(() => ScViModel.Train(planted.Cells, new ScViOptions
    {
        Config = ScViConfig.Linear with { Hidden = 32, Latent = 4 },
        BatchColumn = "lab",
        Epochs = 60,
        BatchSize = 32,
        LearningRate = 0.01,
    }));

    private static ScViModel Model => trained.Value;

    [Fact]
    public void Expression_is_nearer_to_what_counts_were_drawn_by_than_the_counts_are_and_than_gene_means_are()
    {
        var cells = planted.Cells.SelectCells(Model.Report!.HeldOut);
        var truth = planted.Shares.SelectRows(Model.Report.HeldOut);
        var (found, counts, totals) = (Model.NormalisedExpression(cells), cells.X.ToDense(), cells.X.RowSums());
        var means = Enumerable.Range(0, 40).Select(gene => Enumerable.Range(0, 500).Average(cell => planted.Shares[cell, gene])).ToArray();
        double Error(Func<int, int, double> share) => Enumerable.Range(0, cells.CellCount).Average(cell =>
            Enumerable.Range(0, 40).Sum(gene => Math.Abs(truth[cell, gene] - share(cell, gene))));
        var error = Error((cell, gene) => found[cell, gene]);
        Assert.True(error < 0.8 * Error((cell, gene) => counts[cell, gene] / totals[cell]));
        Assert.True(error < 0.5 * Error((_, gene) => means[gene]));
    }

    [Fact]
    public void Reconstructed_cells_correlate_better_with_their_counts_than_gene_means_do()
    {
        var cells = planted.Cells.SelectCells(Model.Report!.HeldOut);
        var (found, counts) = (Model.Reconstruct(cells), cells.X.ToDense());
        float[] means = [.. planted.Cells.X.ColumnSums().Select(sum => (float)sum)];
        double Mean(Func<int, float[]> values) => Enumerable.Range(0, cells.CellCount).Average(cell => Correlation.Pearson<float>(counts.Row(cell), values(cell)).Coefficient);
        Assert.True(Mean(cell => found.Row(cell).ToArray()) > Mean(_ => means) + 0.2);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1e4)]
    [InlineData(123.5)]
    public void Rows_sum_to_the_library_size_that_is_asked(double size)
    {
        var expression = Model.NormalisedExpression(planted.Cells, new() { LibrarySize = size });
        var counts = Model.Reconstruct(planted.Cells, size);
        for (var cell = 0; cell < 500; cell++)
        {
            Assert.Equal(size, expression.Row(cell).ToArray().Sum(value => (double)value), 1e-5 * size);
            Assert.Equal(size, counts.Row(cell).ToArray().Sum(value => (double)value), 1e-5 * size);
        }
    }

    [Fact]
    public void Without_a_library_size_a_cell_has_its_own_as_the_model_infers_it()
    {
        var (own, counts) = (Model.NormalisedExpression(planted.Cells, new() { LibrarySize = null }), Model.Reconstruct(planted.Cells));
        for (var i = 0; i < own.Values.Length; i++)
        {
            Assert.Equal(counts.Values[i], own.Values[i], 1e-4 * counts.Values[i]);
        }
        double[] sums = [.. Enumerable.Range(0, 500).Select(cell => own.Row(cell).ToArray().Sum(value => (double)value))];
        Assert.True(Correlation.Pearson<double>(sums, planted.Cells.X.RowSums()).Coefficient > 0.8);
    }

    [Fact]
    public void Chosen_genes_are_columns_of_all_genes_expression()
    {
        var (all, some) = (Model.NormalisedExpression(planted.Cells), Model.NormalisedExpression(planted.Cells, new() { Genes = ["GENE7", "GENE2"] }));
        Assert.Equal((500, 2), (some.Rows, some.Columns));
        for (var cell = 0; cell < 500; cell++)
        {
            Assert.Equal((all[cell, 7], all[cell, 2]), (some[cell, 0], some[cell, 1]));
        }
        Assert.Equal("The model has no gene 'ACTB'; expected one of its 40, such as GENE0, GENE1, GENE2.",
            Assert.Throws<ArgumentException>(() => Model.NormalisedExpression(planted.Cells, new() { Genes = ["ACTB"] })).Message);
    }

    [Fact]
    public void Cells_decoded_as_of_one_batch_lose_the_difference_between_batches_that_was_planted()
    {
        // the largest difference between the laboratories' mean log shares, over the genes
        double Gap(DenseMatrix shares) => Enumerable.Range(0, 40).Max(gene =>
            Math.Abs(Enumerable.Range(0, 500).Average(cell => (cell % 2 == 0 ? 2 : -2) * Math.Log(shares[cell, gene]))));
        var (own, asA) = (Model.NormalisedExpression(planted.Cells), Model.NormalisedExpression(planted.Cells, new() { AsBatches = ["A"] }));
        Assert.True(Gap(own) > 0.6 && Gap(own) > 1.5 * Gap(asA), $"{Gap(own):F2} as made, {Gap(asA):F2} as of A");
    }

    [Fact]
    public void Over_several_batches_the_mean_is_taken()
    {
        DenseMatrix As(params string[] batches) => Model.NormalisedExpression(planted.Cells, new() { AsBatches = batches });
        var (a, b, both) = (As("A"), As("B"), As("A", "B"));
        Assert.All(Enumerable.Range(0, both.Values.Length), i => Assert.Equal((a.Values[i] + b.Values[i]) / 2, both.Values[i], 1e-6));
        Assert.StartsWith("There are 0 batches to decode cells as; ", Assert.Throws<ArgumentException>(() => As()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_bound_is_the_sum_of_its_parts_and_the_one_that_training_measured()
    {
        var bound = Model.EvidenceBound(planted.Cells.SelectCells(Model.Report!.HeldOut));
        double[] Column(string name) => ((NumberColumn)bound[name]).Values.ToArray();
        var (whole, error, latent, library) = (Column("bound"), Column("reconstruction_error"), Column("latent_divergence"), Column("library_divergence"));
        for (var cell = 0; cell < whole.Length; cell++)
        {
            Assert.Equal(-whole[cell], error[cell] + latent[cell] + library[cell], 1e-6);
            Assert.True(error[cell] > 0 && latent[cell] > 0 && library[cell] > 0);
        }
        Assert.Equal(Model.Report.ModelLoss, -whole.Average(), 1e-3);
        Assert.Equal(whole, ((NumberColumn)Model.EvidenceBound(planted.Cells.SelectCells(Model.Report.HeldOut))["bound"]).Values.ToArray());
        Assert.NotEqual(whole, ((NumberColumn)Model.EvidenceBound(planted.Cells.SelectCells(Model.Report.HeldOut), seed: 1)["bound"]).Values.ToArray());
    }

    [Fact]
    public void The_report_gives_the_trivial_predictor_which_the_model_beats()
    {
        Assert.True(Model.Report!.BeatsBaseline);
        var table = Model.Report.ToTable();
        Assert.Equal([Model.Report.BaselineLoss, Model.Report.ModelLoss], ((NumberColumn)table[ScViReport.LossName]).Values.ToArray());
        var untrained = ScViModel.Train(planted.Cells, new ScViOptions { Config = ScViConfig.Linear, Epochs = 1, LearningRate = 1e-6 });
        Assert.False(untrained.Report!.BeatsBaseline);
    }

    [Theory]
    [InlineData(CountLikelihood.NegativeBinomial)]
    [InlineData(CountLikelihood.ZeroInflatedNegativeBinomial)]
    [InlineData(CountLikelihood.Poisson)]
    public void Counts_drawn_from_the_posterior_have_the_model_s_means(CountLikelihood likelihood)
    {
        var model = ScViModel.Train(planted.Cells, new ScViOptions { Config = new() { Hidden = 16, Latent = 4, Likelihood = likelihood }, Epochs = 20, BatchSize = 32, LearningRate = 0.01 });
        var draws = Enumerable.Range(0, 8).Select(seed => model.PosteriorSample(planted.Cells, seed)).ToArray();
        Assert.All(draws[0].Values, value => Assert.True(value > 0 && value % 1 == 0));
        Assert.Equal(draws[0].Values, model.PosteriorSample(planted.Cells, 0).Values);
        Assert.NotEqual(draws[0].Values, draws[1].Values);
        var (means, drawn) = (CsrMatrix.FromDense(model.Reconstruct(planted.Cells)).ColumnSums(), new double[40]);
        foreach (var sums in draws.Select(draw => draw.ColumnSums()))
        {
            drawn = [.. drawn.Zip(sums, (a, b) => a + b / draws.Length)];
        }
        Assert.InRange(drawn.Sum() / means.Sum(), 0.97, 1.03);
        Assert.True(Correlation.Pearson<double>(drawn, means).Coefficient > 0.99);
    }
}
