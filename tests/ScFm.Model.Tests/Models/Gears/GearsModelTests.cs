using ScFm.Model.Devices;
using ScFm.Model.GeneSets;
using ScFm.Model.Metrics;
using ScFm.Model.Models;
using ScFm.Model.Models.Gears;
using ScFm.Model.Screens;
using ScFm.Model.Tasks;
using ScFm.Model.Tasks.Perturbations;
using ScFm.Model.Tests.Training;
using ScFm.Model.Training;
using TorchSharp;

namespace ScFm.Model.Tests.Models.Gears;

/// <summary>A model from training to file, on a screen with a known answer.</summary>
[Collection(nameof(TorchGenerator))]
public sealed class GearsModelTests : IDisposable
{
    private static readonly GearsOptions quick = new() { Config = new() { Width = 16 }, Epochs = 2, BatchSize = 48, LearningRate = 0.01 };

    private readonly TemporaryFolder folder = new();

    [Fact]
    public void A_perturbation_that_was_never_seen_is_told_from_its_pathway()
    {
        var screen = PlantedScreen.Singles();
        PerturbedGroup[] left = [.. screen.Groups.Where(group => screen.Conditions[group.Condition].Targets[0].EndsWith('0'))];
        var method = new GearsMethod(quick with { Epochs = 12 }, PlantedScreen.Sets);
        var split = new PerturbationSplit("the first of each pathway", [.. screen.Groups.Except(left)], [], left);
        var predicted = method.Predict(screen, split, 3, default);
        var mean = Enumerable.Range(0, PlantedScreen.Genes).Select(gene => split.Training.Average(group => screen.Mean(group)[gene])).ToArray();
        foreach (var (group, prediction) in left.Zip(predicted))
        {
            var (found, alike) = (Error(prediction.Mean, screen.Mean(group)), Error([.. mean.Select(value => (float)value)], screen.Mean(group)));
            Assert.True(found < alike / 2, $"{screen.NameOf(group)}: {found}; the mean of the other perturbations, {alike}");
        }
    }

    [Fact]
    public void A_saved_model_predicts_the_same()
    {
        var screen = PlantedScreen.Singles();
        var model = GearsModel.Train(screen, [.. screen.Groups], options: quick with { Config = quick.Config with { Uncertainty = true } }, sets: PlantedScreen.Sets);
        var path = folder.File("gears.safetensors");
        model.Save(path);
        var loaded = Assert.IsType<GearsModel>(ModelFiles.Open(path));
        var asked = new Condition(["T00", "T10"]); // never seen together
        var (before, after) = (model.Predict(asked, screen, cells: 5), loaded.Predict(asked, screen, cells: 5));
        Assert.Equal(before.Mean, after.Mean);
        Assert.Equal(before.Cells!.SelectMany(cell => cell), after.Cells!.SelectMany(cell => cell));
        Assert.NotNull(before.Uncertainty);
        Assert.Equal(before.Uncertainty, after.Uncertainty);
        Assert.Equal(model.Notes, loaded.Notes);
    }

    [Fact]
    public void A_run_that_was_stopped_goes_on_to_the_same_model()
    {
        var screen = PlantedScreen.Singles();
        PerturbedGroup[] validation = [screen.Groups[0]], training = [.. screen.Groups.Skip(1)];
        var whole = GearsModel.Train(screen, training, validation, quick, PlantedScreen.Sets);
        using var stop = new CancellationTokenSource();
        var checkpoint = folder.File("run.safetensors");
        GearsModel.Train(screen, training, validation, quick, PlantedScreen.Sets, checkpoint: checkpoint, progress: new Told(told => { if (told.Step == 5) { stop.Cancel(); } }), cancellation: stop.Token);
        var resumed = GearsModel.Train(screen, training, validation, quick, PlantedScreen.Sets, checkpoint: checkpoint);
        Assert.Equal(whole.Run!.Losses, resumed.Run!.Losses);
        Assert.Equal(whole.Predict(screen.Conditions[1], screen).Mean, resumed.Predict(screen.Conditions[1], screen).Mean);
    }

    [Fact]
    public void A_run_does_not_go_on_with_other_graphs()
    {
        var screen = PlantedScreen.Singles();
        var (checkpoint, once) = (folder.File("run.safetensors"), quick with { Epochs = 1 });
        void Train(GeneSet[]? sets) => GearsModel.Train(screen, [.. screen.Groups], options: once, sets: sets, checkpoint: checkpoint);
        Train(PlantedScreen.Sets);
        Train(PlantedScreen.Sets);
        Assert.Contains("checkpoint of another run", Assert.Throws<InvalidDataException>(() => Train(PlantedScreen.Sets[..2])).Message);
        Assert.Throws<InvalidDataException>(() => Train(null));
    }

    [Fact]
    public void The_epoch_that_is_best_on_the_validation_part_is_kept()
    {
        var screen = PlantedScreen.Singles();
        var model = GearsModel.Train(screen, [.. screen.Groups.Skip(1)], [screen.Groups[0]], quick with { Epochs = 4, LearningRate = 0.03 }, PlantedScreen.Sets);
        var group = screen.Groups[0];
        var change = screen.Change(group);
        var predicted = model.Predict(screen.Conditions[group.Condition], screen).Mean;
        var control = screen.ControlMean(0);
        var error = Enumerable.Range(0, PlantedScreen.Genes).OrderByDescending(gene => Math.Abs(change[gene])).Take(20).Average(gene => Math.Pow(predicted[gene] - control[gene] - change[gene], 2));
        Assert.Equal(model.Run!.Validations.Min(validation => validation.Loss), error, 1e-5);
    }

    [Fact]
    public void Parts_of_a_batch_teach_the_same()
    {
        var screen = PlantedScreen.Singles();
        var options = quick with { Epochs = 1, BatchSize = 96 };
        var (whole, parted) = (GearsModel.Train(screen, [.. screen.Groups], options: options), GearsModel.Train(screen, [.. screen.Groups], options: options with { Parts = 4 }));
        Assert.Equal(whole.Run!.Losses[0], parted.Run!.Losses[0], 1e-5);
        Assert.Equal(whole.Run.Losses[^1], parted.Run.Losses[^1], 2e-2);
    }

    [Fact]
    public void A_step_that_is_too_much_at_once_is_computed_in_parts_and_teaches_the_same()
    {
        var screen = PlantedScreen.Singles();
        var options = quick with { Config = new() { Width = 64 }, Epochs = 1, BatchSize = 384 };
        GearsModel Train() => GearsModel.Train(screen, [.. screen.Groups], options: options);
        GearsModel? whole = null;
        var needed = PeakMemory.Of(torch.CPU, () => whole = Train());
        using var budget = MemoryBudget.Use(new(needed / 2));
        var parted = Train();
        Assert.Equal(whole!.Run!.Losses.Count, parted.Run!.Losses.Count);
        Assert.Equal(whole.Run.Losses[0], parted.Run.Losses[0], 1e-5); // of two passes each would have norms of its own
    }

    [Fact]
    public void What_cannot_be_asked_is_said_in_a_sentence()
    {
        var screen = PlantedScreen.Singles();
        Assert.Contains("0 perturbed groups", Assert.Throws<ArgumentException>(() => GearsModel.Train(screen, [])).Message);
        var model = GearsModel.Train(screen, [.. screen.Groups], options: quick with { Epochs = 1 });
        Assert.Contains("'NOSUCH'", Assert.Throws<ArgumentException>(() => model.Predict(new Condition(["NOSUCH"]), screen)).Message);
        Assert.Contains("stands alone", string.Join(' ', model.Notes));
        File.WriteAllText(folder.File("text"), "no model");
        Assert.Throws<InvalidDataException>(() => GearsModel.Load(folder.File("text")));
    }

    public void Dispose() => folder.Dispose();

    private static double Error(float[] found, float[] expected) => found.Zip(expected).Average(pair => Math.Pow(pair.First - pair.Second, 2));
}
