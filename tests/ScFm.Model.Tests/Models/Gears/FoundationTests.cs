using ScFm.Model.Cells;
using ScFm.Model.Models;
using ScFm.Model.Models.Gears;
using ScFm.Model.Models.ScFoundation;
using ScFm.Model.Screens;
using ScFm.Model.Tasks;
using ScFm.Model.Tests.Training;
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
    [InlineData("tiny")]
    [InlineData("3m")]
    public void The_vectors_are_those_of_the_decoder_cell_by_cell(string preset)
    {
        using var scope = NewDisposeScope();
        using var unrecorded = no_grad();
        var foundation = Foundation(PlantedScreen.Genes, preset);
        int[] cells = [200, 0, 5];
        var found = new ScFoundationFeatures(foundation, screen).Of(cells);
        var expected = GeneEmbedding.Of(foundation, ((AnnData)screen.Counts).SelectCells(cells), screen.Genes);
        Assert.Equal([cells.Length, PlantedScreen.Genes, foundation.Config.DecoderWidth], found.shape);
        for (var gene = 0; gene < PlantedScreen.Genes; gene++)
        {
            var vectors = expected[screen.Genes[gene]];
            Assert.InRange(Golden.LargestDifference(tensor(vectors.Values, [vectors.Rows, vectors.Columns]), found.select(1, gene)), 0, 1e-5);
        }
    }

    [Fact]
    public void Genes_that_the_model_lacks_get_a_learnt_vector_and_the_saved_model_predicts_the_same()
    {
        var foundation = Foundation(PlantedScreen.Genes - 2);
        var before = ModelFingerprint.Of(foundation.Module, foundation.Vocabulary);
        var model = GearsModel.Train(screen, [.. screen.Groups], options: quick, foundation: foundation);
        Assert.Equal([22, 23], model.Module.Config.AbsentGenes);
        Assert.Contains("has no G22, G23", string.Join(' ', model.Notes));
        Assert.Equal(before, ModelFingerprint.Of(foundation.Module, foundation.Vocabulary)); // frozen
        model.Save(folder.File("model"));
        var loaded = Assert.IsType<GearsModel>(ModelFiles.Open(folder.File("model")));
        var (own, again) = (model.Predict(screen.Conditions[1], screen, cells: 3), loaded.Predict(screen.Conditions[1], screen, cells: 3));
        Assert.Equal(own.Mean, again.Mean);
        var control = GearsModel.Drawn(screen, 0, 3, 0).Select(cell => screen.Expression.SelectRows([cell]).ToDense().Values).ToArray();
        Assert.NotEqual(own.Cells![0][0] - control[0][0], own.Cells[1][0] - control[1][0], 1e-6f); // each cell changes in its own way
    }

    [Fact]
    public void A_tuned_model_learns_and_parts_of_a_batch_teach_it_the_same()
    {
        var (whole, parted) = (Foundation(PlantedScreen.Genes), Foundation(PlantedScreen.Genes));
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
        var foundation = Foundation(PlantedScreen.Genes);
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

    /// <summary>A small model with random weights that knows the first genes of the screen, and three that the screen lacks.</summary>
    private static ScFoundationModel Foundation(int known, string preset = "tiny") => ScFoundationModel.Create(
        Presets.Find(preset, known + 3), new GeneVocabulary([.. Enumerable.Range(0, known).Select(gene => $"G{gene}"), "ELSE1", "ELSE2", "ELSE3"]));
}
