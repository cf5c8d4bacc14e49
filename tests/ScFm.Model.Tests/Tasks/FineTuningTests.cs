using ScFm.Model.Models.ScFoundation;
using ScFm.Model.Nn;
using ScFm.Model.Tests.Training;
using ScFm.Model.Training;

namespace ScFm.Model.Tests.Tasks;

/// <summary>Training that goes on from a trained model: all of it, some of its blocks, or adapters.</summary>
[Collection(nameof(TorchGenerator))]
public sealed class FineTuningTests(ITestOutputHelper output)
{
    private static readonly Lazy<ScFoundationModel> trained = new(() =>
        Pretraining.Run(TaskCells.First(120), new PretrainingOptions { LeastCells = 40, Training = new() { Epochs = 4, WarmUpSteps = 5 } }));

    private static PretrainingOptions From(ScFoundationModel model) =>
        new() { StartFrom = model, Training = new() { Epochs = 2, BatchSize = 8, WarmUpSteps = 2, LearningRate = 5e-3, Patience = 0 } };

    private static string[] Changed(ScFoundationModel before, ScFoundationModel after)
    {
        var (old, now) = (SmallRun.BitsOf(before.Module), SmallRun.BitsOf(after.Module));
        return [.. old.Keys.Where(name => !old[name].AsSpan().SequenceEqual(now[name]))];
    }

    [Fact]
    public void Training_that_goes_on_from_a_model_takes_its_genes_and_what_it_has_learnt_and_leaves_it_as_it_is()
    {
        var start = trained.Value;
        var before = SmallRun.BitsOf(start.Module);
        var reversed = TaskCells.First(120).SelectGenes([.. Enumerable.Range(0, TaskCells.All.GeneCount).Reverse()]); // genes are found by name
        var oneStep = new TrainingOptions { Steps = 1, LearningRate = 1e-6, Patience = 0 };
        var further = Pretraining.Run(reversed, From(start) with { Training = oneStep });
        var anew = Pretraining.Run(reversed, new PretrainingOptions { Vocabulary = start.Vocabulary, Training = oneStep });
        Assert.Equal(start.Vocabulary.Names, further.Vocabulary.Names);
        Assert.True(further.Report!.ModelLoss < 0.9 * anew.Report!.ModelLoss, $"{further.Report.ModelLoss} against {anew.Report.ModelLoss}");
        Assert.All(before, bits => Assert.Equal(bits.Value, SmallRun.BitsOf(start.Module)[bits.Key]));
        Assert.All(further.Module.parameters(), parameter => Assert.True(parameter.requires_grad));
    }

    [Fact]
    public void Only_the_blocks_that_are_named_change_as_in_the_published_fine_tuning()
    {
        var tuned = Pretraining.Run(TaskCells.First(60), From(trained.Value) with { TrainedBlocks = [-2] });
        var changed = Changed(trained.Value, tuned);
        Assert.Equal(12, changed.Length); // four matrices, four biases, two norms of two
        Assert.All(changed, name => Assert.StartsWith("encoder.transformer_encoder.0.", name));
    }

    [Fact]
    public void Random_features_stay_while_only_a_block_is_trained_and_are_drawn_anew_when_all_is()
    {
        var start = ScFoundationModel.Create(trained.Value.Config with { RedrawInterval = 1 }, trained.Value.Vocabulary, seed: 4);
        PretrainingOptions TwoSteps(ScFoundationModel from) => From(from) with { Training = From(from).Training with { Steps = 2 } };
        var tuned = Pretraining.Run(TaskCells.First(60), TwoSteps(start) with { TrainedBlocks = [1] });
        Assert.All(Changed(start, tuned), name => Assert.StartsWith("encoder.transformer_encoder.1.", name));
        Assert.Equal(1, tuned.Config.RedrawInterval);
        Assert.Contains(Changed(tuned, Pretraining.Run(TaskCells.First(60), TwoSteps(tuned))), name => name.Contains("projection", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_fine_tuning_that_is_stopped_and_resumed_ends_with_the_same_bits_and_is_taken_for_no_other(bool adapters)
    {
        using var folder = new TemporaryFolder();
        var (cells, checkpoint) = (TaskCells.First(60), folder.File("run.safetensors"));
        var options = adapters ? From(trained.Value) with { Adapters = new() { Rank = 3 } } : From(trained.Value) with { TrainedBlocks = [1] };
        var expected = Pretraining.Run(cells, options);
        using var stop = new CancellationTokenSource();
        Pretraining.Run(cells, options, checkpoint, new Told(p => { if (p.Step == 4) { stop.Cancel(); } }), stop.Token);

        var other = adapters ? options with { Adapters = new() { Rank = 3, Alpha = 1 } } : options with { TrainedBlocks = [0] };
        Assert.Contains("is a checkpoint of another run", Assert.Throws<InvalidDataException>(() => Pretraining.Run(cells, other, checkpoint)).Message);
        var resumed = Pretraining.Run(cells, options, checkpoint);
        Assert.Equal(expected.Report!.Run.Losses, resumed.Report!.Run.Losses);
        Assert.Empty(Changed(expected, resumed));
        Assert.NotEmpty(Changed(trained.Value, resumed));
    }

    [Fact]
    public void Adapters_start_as_no_change_learn_and_are_saved_alone()
    {
        using var folder = new TemporaryFolder();
        var (start, cells) = (trained.Value, TaskCells.First(60));
        var before = SmallRun.BitsOf(start.Module);
        var untrained = Pretraining.Run(cells, From(start) with { Training = new() { Steps = 1, LearningRate = 1e-9, Patience = 0 } }).Report!.ModelLoss;
        var tuned = Pretraining.Run(cells, From(start) with { Adapters = new(), Training = From(start).Training with { Epochs = 6 } });
        output.WriteLine($"held-out loss {untrained:F4} to {tuned.Report!.ModelLoss:F4}");
        Assert.True(tuned.Report.ModelLoss < untrained - 1e-3);
        Assert.Equal(["encoder.transformer_encoder.0.self_attn.in_proj_weight", "encoder.transformer_encoder.0.self_attn.out_proj.weight",
            "encoder.transformer_encoder.1.self_attn.in_proj_weight", "encoder.transformer_encoder.1.self_attn.out_proj.weight"], Changed(start, tuned));

        var file = folder.File("adapters.safetensors");
        tuned.Report.Adapters!.Save(file);
        Assert.InRange(new FileInfo(file).Length, 1, before.Sum(b => (long)b.Value.Length) / 4);
        var read = Lora.Read(file, start.Module);
        Assert.All(before, bits => Assert.Equal(bits.Value, SmallRun.BitsOf(start.Module)[bits.Key]));
        read.Apply();
        Assert.Empty(Changed(start, tuned));
        read.Restore();
        Assert.All(before, bits => Assert.Equal(bits.Value, SmallRun.BitsOf(start.Module)[bits.Key]));
        foreach (var parameter in start.Module.parameters())
        {
            parameter.requires_grad = true;
        }
    }

    [Fact]
    public void Options_that_exclude_each_other_and_blocks_that_do_not_exist_are_named()
    {
        var (cells, model) = (TaskCells.First(20), trained.Value);
        string Refused(PretrainingOptions options) => Assert.Throws<ArgumentException>(() => Pretraining.Run(cells, options)).Message;
        Assert.StartsWith("Vocabulary is given beside StartFrom", Refused(From(model) with { Vocabulary = model.Vocabulary }));
        Assert.StartsWith("TrainedBlocks is given beside Adapters", Refused(From(model) with { TrainedBlocks = [0], Adapters = new() }));
        Assert.StartsWith("Adapters is given without StartFrom", Refused(new() { Adapters = new() }));
        Assert.StartsWith("TrainedBlocks is given without StartFrom", Refused(new() { TrainedBlocks = [0] }));
        Assert.Equal("TrainedBlocks has 2; expected -2 to 1: the encoder has 2 blocks.", Refused(From(model) with { TrainedBlocks = [2] }));
        Assert.StartsWith("TrainedBlocks is empty", Refused(From(model) with { TrainedBlocks = [] }));
        Assert.Equal("Rank is 0; expected 1 to 4096.", Refused(From(model) with { Adapters = new() { Rank = 0 } }));
        Assert.StartsWith("The model has no matrix whose name ends in nothing;", Refused(From(model) with { Adapters = new() { Weights = ["nothing"] } }));
    }

    [Fact]
    public void The_mask_s_shares_together_may_not_exceed_one() =>
        Assert.Equal("Replaced + Randomised is 1.2; expected at most 1: they share the masked genes.",
            Assert.Throws<ArgumentException>(() => Pretraining.Run(TaskCells.First(20), new() { ReadDepth = new() { Replaced = 0.8, Randomised = 0.4 } })).Message);
}
