using ScFm.Model.Cells;
using ScFm.Model.Models;
using ScFm.Model.Models.Gears;
using ScFm.Model.Models.ScFoundation;
using ScFm.Model.Screens;
using ScFm.Model.Tables;
using ScFm.Model.Tasks;
using ScFm.Model.Tasks.Perturbations;
using ScFm.Model.Tests.Training;
using ScFm.Model.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Tests.Models.Gears;

/// <summary>Vectors of genes from a scFoundation's decoder.</summary>
[Collection(nameof(TorchGenerator))]
public sealed class FoundationTests : IDisposable
{
    private static readonly GearsOptions quick = new() { Epochs = 1, BatchSize = 96, PredictedCells = 6 };

    private readonly TemporaryFolder folder = new();
    private readonly PerturbationScreen screen = PlantedScreen.Singles();

    [Theory]
    [InlineData("tiny", false)]
    [InlineData("3m", false)]
    [InlineData("tiny", true)]
    public void The_vectors_are_those_that_gene_embeddings_have_cell_by_cell(string preset, bool told)
    {
        using var scope = NewDisposeScope();
        using var unrecorded = no_grad();
        string[] known = [.. screen.Genes.Where((_, gene) => gene is not (3 or 10))];
        var foundation = Foundation([.. known.Reverse()], preset);
        int[] cells = [200, 0, 5];
        var counts = (AnnData)screen.Counts;
        double[] depths = [.. counts.X.RowSums().Select(sum => 3 * sum)];
        var found = new ScFoundationFeatures(foundation, told ? WithDepths(depths) : screen).Of(cells);
        var logged = counts.SelectCells(cells).WithX(Normalisation.LogNormalise(counts.X.SelectRows(cells), Array.ConvertAll(cells, cell => depths[cell])));
        logged.Obs = new Table(new NumberColumn("total", Array.ConvertAll(cells, cell => depths[cell])));
        var expected = told
            ? GeneEmbedding.Of(foundation, logged, known, new() { Input = new() { Scale = ValueScale.LogNormalisedWithTotals, Totals = "total" } })
            : GeneEmbedding.Of(foundation, counts.SelectCells(cells), known); // the depth is that of the genes that the model has
        Assert.Equal([cells.Length, known.Length, foundation.Config.DecoderWidth], found.shape);
        for (var gene = 0; gene < known.Length; gene++)
        {
            var vectors = expected[known[gene]];
            Assert.InRange(Golden.LargestDifference(tensor(vectors.Values, [vectors.Rows, vectors.Columns]), found.select(1, gene)), 0, 1e-5);
        }
    }

    [Fact]
    public void Genes_that_the_model_lacks_get_a_learnt_vector_and_the_saved_model_predicts_the_same()
    {
        var foundation = Foundation([.. screen.Genes.Where((_, gene) => gene is not (3 or 10))]);
        var before = ModelFingerprint.Of(foundation.Module, foundation.Vocabulary);
        var model = GearsModel.Train(screen, [.. screen.Groups], options: quick, foundation: foundation);
        Assert.Equal([3, 10], model.Module.Config.AbsentGenes);
        Assert.Contains("has no G3, G10", string.Join(' ', model.Notes));
        Assert.Equal(before, ModelFingerprint.Of(foundation.Module, foundation.Vocabulary)); // frozen
        model.Save(folder.File("model"));
        var loaded = Assert.IsType<GearsModel>(ModelFiles.Open(folder.File("model")));
        var (own, again) = (model.Predict(screen.Conditions[1], screen, cells: 3), loaded.Predict(screen.Conditions[1], screen, cells: 3));
        Assert.Equal(own.Mean, again.Mean);
        var control = GearsModel.Drawn(screen, 0, 3, 0).Select(cell => screen.Expression.SelectRows([cell]).ToDense().Values).ToArray();
        Assert.NotEqual(own.Cells![0][0] - control[0][0], own.Cells[1][0] - control[1][0], 1e-6f); // each cell changes in its own way
    }

    [Fact]
    public void A_foundation_model_that_stays_as_it_is_counts_to_the_memory_of_the_training()
    {
        var foundation = Foundation([.. screen.Genes], "3m");
        using var budget = MemoryBudget.Use(new(foundation.Module.state_dict().Values.Sum(tensor => tensor.numel() * tensor.element_size())));
        var error = Assert.Throws<ArgumentException>(() => GearsModel.Train(screen, [.. screen.Groups], options: quick, foundation: foundation));
        Assert.StartsWith("A training step of 96 cells needs ", error.Message);
    }

    [Fact]
    public void Given_and_learnt_vectors_come_to_their_own_genes()
    {
        using var scope = NewDisposeScope();
        using var unrecorded = no_grad();
        const int width = 8, cells = 3;
        int[] absent = [3, 10];
        var config = new GearsConfig { Genes = PlantedScreen.Genes, Perturbations = 2, Width = width, GivenFeatures = true };
        GearsModule Module(int[] absent) => new(config with { AbsentGenes = absent }, GeneGraph.Empty(config.Genes), GeneGraph.Empty(2));
        var (some, all) = (Module(absent), Module([]));
        var weights = some.state_dict();
        all.load_state_dict(all.state_dict().ToDictionary(own => own.Key, own => weights[own.Key]));
        var every = randn(cells, config.Genes, width); // what a model would give that knows all genes
        every.select(1, 3).copy_(weights["absent_genes"][0].expand(cells, width));
        every.select(1, 10).copy_(weights["absent_genes"][1].expand(cells, width));
        var given = stack([.. Enumerable.Range(0, config.Genes).Except(absent).Select(gene => every.select(1, gene))], 1);
        Tensor Change(GearsModule module, Tensor features)
        {
            module.eval();
            return module.Change(new GearsBatch([[0], [1], []], 2, CPU, [features])).Change;
        }
        Assert.Equal(0, Golden.LargestDifference(Change(all, every), Change(some, given)));
    }

    [Fact]
    public void Whose_depth_a_cell_is_read_at_is_a_setting_where_no_depth_is_told()
    {
        var told = WithDepths([.. ((AnnData)screen.Counts).X.RowSums()]);
        var (with, without) = (new GearsMethod(quick, foundation: Foundation(screen.Genes)), new GearsMethod(quick));
        Assert.Equal(with.Settings, with.SettingsFor(told));
        Assert.EndsWith(", each cell at the depth of the model's genes", with.SettingsFor(screen), StringComparison.Ordinal);
        Assert.Equal(without.Settings, without.SettingsFor(screen)); // nothing is read by the depth
        Assert.EndsWith(", no gene sets, learnt genes", without.Settings, StringComparison.Ordinal); // as results were kept under
    }

    [Fact]
    public void A_run_does_not_go_on_with_another_foundation_model()
    {
        void Train(ScFoundationModel foundation) => GearsModel.Train(screen, [.. screen.Groups], options: quick, foundation: foundation, checkpoint: folder.File("run"));
        var foundation = Foundation(screen.Genes);
        Train(foundation);
        Train(foundation);
        Assert.Contains("checkpoint of another run", Assert.Throws<InvalidDataException>(() => Train(Foundation(screen.Genes, seed: 1))).Message);
    }

    [Fact]
    public void A_tuned_model_learns_and_parts_of_a_batch_teach_it_the_same()
    {
        var (whole, parted) = (Foundation(screen.Genes), Foundation(screen.Genes));
        var before = ModelFingerprint.Of(whole.Module, whole.Vocabulary);
        var options = quick with { TunesFoundation = true };
        var losses = new[] { (whole, 1), (parted, 4) }.Select(run => GearsModel.Train(screen, [.. screen.Groups], options: options with { Parts = run.Item2 }, foundation: run.Item1).Run!.Losses).ToArray();
        Assert.NotEqual(before, ModelFingerprint.Of(whole.Module, whole.Vocabulary));
        Assert.Equal(losses[0][0], losses[1][0], 1e-5);
        Assert.Equal(losses[0][^1], losses[1][^1], 2e-2);
    }

    [Fact]
    public void Every_gradient_of_a_tuned_model_is_the_same_in_parts()
    {
        using var scope = NewDisposeScope();
        var foundation = Foundation(screen.Genes);
        var module = new GearsModule(
            new GearsConfig { Genes = PlantedScreen.Genes, Perturbations = 2, Width = foundation.Config.DecoderWidth, GivenFeatures = true },
            GeneGraph.OfCoExpression(screen.Expression, [.. Enumerable.Range(0, 100)], 0.1, 3), GeneGraph.Empty(2));
        module.train();
        int[] cells = [.. Enumerable.Range(0, 8)];
        var above = randn(cells.Length, PlantedScreen.Genes);
        var view = new GearsCells(screen, module, foundation);
        var gradients = new[] { 1, 3 }.Select(parts =>
        {
            (view.Change(cells, [.. cells.Select(cell => (int[])[cell % 2])], parts).Change * above).sum().backward();
            var found = foundation.Module.named_parameters().Where(own => own.parameter.grad is not null).ToDictionary(own => own.name, own => own.parameter.grad!.clone());
            foundation.Module.zero_grad();
            return found;
        }).ToArray();
        Assert.NotEmpty(gradients[0]);
        var largest = gradients[0].Values.Max(gradient => gradient.abs().max().item<float>());
        foreach (var (name, expected) in gradients[0])
        {
            var allowed = Math.Max(1e-6 * largest, 1e-3 * expected.abs().max().item<float>());
            Assert.True(Golden.LargestDifference(expected, gradients[1][name]) <= allowed, name);
        }
    }

    public void Dispose() => folder.Dispose();

    private PerturbationScreen WithDepths(double[] depths) => new(screen.Counts, screen.Expression, screen.Conditions, screen.ConditionOfCell, screen.Contexts, screen.ContextOfCell, screen.Genes, depths);

    /// <summary>A small model with random weights that knows some genes of the screen, and three that the screen lacks.</summary>
    private static ScFoundationModel Foundation(IReadOnlyList<string> known, string preset = "tiny", int seed = 0) => ScFoundationModel.Create(
        Presets.Find(preset, known.Count + 3), new GeneVocabulary([.. known, "ELSE1", "ELSE2", "ELSE3"]), seed);
}
