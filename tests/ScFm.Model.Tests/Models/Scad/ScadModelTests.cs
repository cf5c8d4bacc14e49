using ScFm.Model.Cells;
using ScFm.Model.Files;
using ScFm.Model.Models;
using ScFm.Model.Models.Scad;
using ScFm.Model.Tasks;
using ScFm.Model.Tasks.Sensitivity;
using ScFm.Model.Tests.Training;
using TorchSharp;

namespace ScFm.Model.Tests.Models.Scad;

/// <summary>Training, files and predictions of a SCAD.</summary>
[Collection(nameof(TorchGenerator))]
public sealed class ScadModelTests
{
    private static readonly ScadOptions Small = new() { Config = new ScadConfig { Hidden = 32, Latent = 16 }, Epochs = 3 };

    [Fact]
    public void A_model_that_was_saved_says_the_same_of_cells_whose_genes_lie_otherwise()
    {
        using var folder = new TemporaryFolder();
        var (source, target) = SimulatedTransfer.Make(samples: 60, cells: 80);
        var model = ScadModel.Train(CellSensitivity.Examples(source, target, new() { Genes = 50 }), Small);
        model.Save(folder.File("scad.safetensors"));
        var loaded = Assert.IsType<ScadModel>(ModelFiles.Open(folder.File("scad.safetensors")));
        Assert.Equal((50, "sensitive"), (loaded.Features!.Count, loaded.Class));
        var expected = CellSensitivity.Of(model, target);
        Assert.Equal(expected, CellSensitivity.Of(loaded, target));
        Assert.Equal(expected, CellSensitivity.Of(loaded, target.SelectGenes([.. Enumerable.Range(0, target.GeneCount).Reverse()])));
        Assert.All(expected, probability => Assert.InRange(probability, 0, 1));
    }

    [Fact]
    public void The_same_seed_gives_the_same_model_and_another_one_another()
    {
        var examples = Examples();
        float[] Predicted(int seed) => ScadModel.Train(examples, Small with { Seed = seed }).Predict(examples.Target);
        Assert.Equal(Predicted(1), Predicted(1));
        Assert.NotEqual(Predicted(1), Predicted(2));
    }

    [Fact]
    public void A_run_that_was_stopped_goes_on_to_the_same_model()
    {
        using var folder = new TemporaryFolder();
        var (examples, checkpoint) = (Examples(), folder.File("run.checkpoint"));
        var whole = ScadModel.Train(examples, Small).Predict(examples.Target);
        using var stop = new CancellationTokenSource();
        ScadModel.Train(examples, Small, checkpoint, new Told(progress =>
        {
            if (progress.Step == 4)
            {
                stop.Cancel();
            }
        }), stop.Token);
        Assert.Equal(whole, ScadModel.Train(examples, Small, checkpoint).Predict(examples.Target));
    }

    [Fact]
    public void Source_samples_of_both_classes_are_drawn_equally_often_whatever_their_shares()
    {
        using var scope = torch.NewDisposeScope();
        var labels = Enumerable.Range(0, 200).Select(sample => sample < 10).ToArray();
        var examples = new ScadExamples(new DenseMatrix(200, 3), labels, new DenseMatrix(40, 3));
        var task = new ScadTask(new ScadModule(Small.Config with { Features = 3 }), examples, Small with { BatchSize = 16 });
        int[] drawn = [.. Enumerable.Range(0, 500).SelectMany(draw => task.Draw(new Random(draw)))];
        Assert.InRange(drawn.Count(sample => sample < 10) / (double)drawn.Length, 0.47, 0.53);
        Assert.Equal(200, drawn.Distinct().Count());
        Assert.All(Enumerable.Range(0, 10), sample => Assert.InRange(drawn.Count(other => other == sample), 300, 500));
    }

    [Fact]
    public void A_rest_of_cells_that_is_too_small_for_a_step_waits_for_another_epoch()
    {
        using var scope = torch.NewDisposeScope();
        ScadTask Task(int cells) => new(new ScadModule(Small.Config with { Features = 3 }), new ScadExamples(new DenseMatrix(4, 3), [true, true, false, false], new DenseMatrix(cells, 3)), Small with { BatchSize = 16 });
        Assert.Equal([16, 16], Task(36).Batches(0, Small.Loop with { BatchSize = 16 }).Select(batch => batch.Length));
        Assert.Equal([16, 16, 5], Task(37).Batches(0, Small.Loop with { BatchSize = 16 }).Select(batch => batch.Length));
        Assert.Equal([5], Task(5).Batches(0, Small.Loop with { BatchSize = 16 }).Select(batch => batch.Length));
    }

    [Theory]
    [InlineData("""{"Config":{"Features":2},"Scale":{"Means":[0],"Deviations":[1]},"Class":"x"}""", "1 means, 1 deviations and 2 names for 2 features")]
    [InlineData("""{"Config":{"Features":1,"Hidden":0},"Scale":{"Means":[0],"Deviations":[1]},"Class":"x"}""", "Hidden is 0")]
    [InlineData("""{"Config":{"Features":1,"Hidden":16384},"Scale":{"Means":[0],"Deviations":[1]},"Class":"x"}""", "ask for")]
    [InlineData("""{"Config":{"Features":1},"Scale":null,"Class":"x"}""", "describes no SCAD")]
    [InlineData("{}", "describes no SCAD")]
    public void A_file_that_describes_what_cannot_be_is_refused(string description, string reason)
    {
        using var folder = new TemporaryFolder();
        Safetensors.Write(folder.File("model.safetensors"), new Dictionary<string, torch.Tensor>(), new Dictionary<string, string> { ["scad"] = description });
        Assert.Contains(reason, Assert.Throws<InvalidDataException>(() => ScadModel.Load(folder.File("model.safetensors"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_of_another_width_and_cells_for_a_model_without_genes_are_refused()
    {
        var examples = Examples();
        var model = ScadModel.Train(examples with { Features = null }, Small with { Epochs = 1 });
        Assert.Contains("The cells have 2 features; expected 300", Assert.Throws<ArgumentException>(() => model.Predict(new DenseMatrix(3, 2))).Message, StringComparison.Ordinal);
        Assert.Contains("features without names", Assert.Throws<ArgumentException>(() => CellSensitivity.Of(model, SimulatedTransfer.Make(20, 20).Target)).Message, StringComparison.Ordinal);
    }

    private static ScadExamples Examples()
    {
        var (source, target) = SimulatedTransfer.Make(samples: 60, cells: 80);
        return CellSensitivity.Examples(source, target);
    }
}
