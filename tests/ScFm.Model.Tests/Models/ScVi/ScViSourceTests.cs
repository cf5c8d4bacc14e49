using ScFm.Model.Cells;
using ScFm.Model.Corpora;
using ScFm.Model.Models.ScVi;
using ScFm.Model.Tests.Training;

namespace ScFm.Model.Tests.Models.ScVi;

[Collection(nameof(TorchGenerator))]
public sealed class ScViSourceTests
{
    private static readonly ScViOptions options = new() { Config = ScViConfig.Linear with { Hidden = 8, Latent = 3 }, BatchColumn = "lab", Epochs = 1, BatchSize = 64 };

    [Fact]
    public void Cells_that_are_read_as_needed_give_the_same_bits_and_never_all_at_once()
    {
        var cells = PlantedCells.Make(5_000, genes: 12);
        var slow = new SlowCells(cells);
        var (model, same) = (ScViModel.Train(cells, options), ScViModel.Train(slow, options));
        var bits = SmallRun.BitsOf(model.Module);
        Assert.All(SmallRun.BitsOf(same.Module), b => Assert.Equal(bits[b.Key], b.Value));
        Assert.Equal(model.Report!.BaselineLoss, same.Report!.BaselineLoss);
        Assert.InRange(slow.MostAtOnce, 64, 2_048);
        Assert.Equal(model.Latent(cells).Values, model.Latent(slow).Values);
    }

    [Fact]
    public void Genes_in_another_order_are_found_in_cells_that_are_read_as_needed()
    {
        var cells = PlantedCells.Make(100);
        var model = ScViModel.Train(cells, options);
        var reversed = new SlowCells(cells.SelectGenes([.. Enumerable.Range(0, 40).Reverse()]));
        Assert.Equal(model.Latent(cells).Values, model.Latent(reversed).Values);
        Assert.Equal(model.Reconstruct(cells).Values, model.Reconstruct(reversed).Values);
    }

    [Fact]
    public void A_wrong_cell_far_behind_is_named_before_training_begins()
    {
        var cells = PlantedCells.Make(3_000, genes: 12);
        var counts = cells.X.ToDense();
        counts.Row(2_900).Clear();
        Assert.Equal("Cell 2900 ('cell-2900') has no expressed gene among 12; expected at least one: filter the cells first.",
            Assert.Throws<InvalidDataException>(() => ScViModel.Train(new SlowCells(cells.WithX(CsrMatrix.FromDense(counts))), options)).Message);
        counts.Row(2_900).Fill(0.5f);
        Assert.StartsWith("Raw counts are needed, ",
            Assert.Throws<InvalidDataException>(() => ScViModel.Train(new SlowCells(cells.WithX(CsrMatrix.FromDense(counts))), options)).Message, StringComparison.Ordinal);
        Assert.Throws<OperationCanceledException>(() => ScViModel.Train(new SlowCells(cells), options, cancellation: new CancellationToken(canceled: true)));
    }

    [Fact]
    public void The_recipe_of_a_corpus_is_kept_with_the_model()
    {
        using var folder = new TemporaryFolder();
        var corpus = Corpus.Of(PlantedCells.Make(200), "planted").Only("lab", "A").Subsample(60, seed: 2);
        var model = ScViModel.Train(corpus, options);
        Assert.Equal(corpus.Recipe.ToJson(), model.Recipe!.ToJson());
        model.Save(folder.File("model"));
        Assert.Equal(corpus.Recipe.ToJson(), ScViModel.Load(folder.File("model")).Recipe!.ToJson());
        Assert.Null(ScViModel.Train(PlantedCells.Make(100), options).Recipe);
    }

    [Fact]
    public void The_paper_s_preset_is_the_published_one()
    {
        var (paper, loop) = (ScViOptions.Paper, ScViOptions.Paper.Loop(101_879));
        Assert.Equal(ScViConfig.Linear with { Layers = 2, Hidden = 128, Latent = 10, Dropout = 0.1, Likelihood = CountLikelihood.NegativeBinomial }, paper.Config);
        Assert.Equal((250, 128, 0.005, 0), (loop.Epochs, loop.BatchSize, loop.LearningRate, loop.Patience));
    }
}
