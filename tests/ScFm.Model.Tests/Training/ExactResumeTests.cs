using ScFm.Model.Training;

namespace ScFm.Model.Tests.Training;

/// <summary>A run that was stopped and taken up again is the run that was never stopped, bit for bit.</summary>
[Collection(nameof(TorchGenerator))]
public sealed class ExactResumeTests
{
    public static TheoryData<string, double, int, int, int> Variants => new()
    {
        { "plain", 0, 0, 1, 1 },
        { "dropout", 0.2, 0, 1, 1 },
        { "redraws", 0, 3, 1, 2 },
        { "accumulation", 0, 0, 2, 1 },
        { "all of them", 0.1, 2, 2, 2 },
    };

    [Theory]
    [MemberData(nameof(Variants))]
    public void A_run_that_is_stopped_twice_within_epochs_and_resumed_ends_with_the_same_bits(
        string variant, double dropout, int redrawInterval, int accumulation, int decoderDepth)
    {
        using var folder = new TemporaryFolder();
        var small = new SmallRun { Dropout = dropout, RedrawInterval = redrawInterval, DecoderDepth = decoderDepth };
        small = small with { Options = small.Options with { Accumulation = accumulation } };
        var (expected, expectedBits) = small.Train();
        Assert.Equal(3 * (accumulation == 1 ? 9 : 5), expected.Steps);

        var checkpoint = folder.File("run.safetensors");
        foreach (var stop in new[] { 2, 7 })
        {
            var (stopped, _) = small.TrainUntil(stop, checkpoint);
            Assert.Equal((TrainingEnd.Interrupted, stop), (stopped.End, stopped.Steps));
            Assert.Equal(expected.Losses.Take(stop), stopped.Losses);
        }
        var (resumed, resumedBits) = small.Train(checkpoint);

        Assert.Equal(TrainingEnd.Finished, resumed.End);
        Assert.Equal(expected.Losses, resumed.Losses);
        Assert.Equal(expected.Validations, resumed.Validations);
        Assert.Equal(expectedBits.Keys.Order(), resumedBits.Keys.Order());
        Assert.All(expectedBits, bits => Assert.True(bits.Value.AsSpan().SequenceEqual(resumedBits[bits.Key]), $"{variant}: {bits.Key} differs"));
    }

    [Fact]
    public void Each_random_part_changes_the_run_so_that_its_resumption_is_really_tested()
    {
        var plain = new SmallRun { DecoderDepth = 2 };
        var losses = new[] { plain, plain with { Dropout = 0.2 }, plain with { RedrawInterval = 3 }, plain with { Options = plain.Options with { Seed = 8 } } }
            .Select(run => run.Train().Run.Losses[^1]).ToArray();
        Assert.Equal(losses.Length, losses.Distinct().Count());
    }

    [Fact]
    public void A_run_stopped_while_a_validation_is_under_way_validates_first_when_it_goes_on()
    {
        using var folder = new TemporaryFolder();
        var small = new SmallRun();
        var (expected, expectedBits) = small.Train();
        var checkpoint = folder.File("run.safetensors");
        var (stopped, _) = small.TrainUntil(4, checkpoint); // a validation is due after step 4
        Assert.Empty(stopped.Validations);

        var (resumed, bits) = small.Train(checkpoint);
        Assert.Equal(expected.Validations, resumed.Validations);
        Assert.All(expectedBits, b => Assert.Equal(b.Value, bits[b.Key]));
    }

    [Fact]
    public void A_finished_run_is_not_trained_again()
    {
        using var folder = new TemporaryFolder();
        var checkpoint = folder.File("run.safetensors");
        var (first, bits) = new SmallRun().Train(checkpoint);
        var steps = 0;
        var (second, again) = new SmallRun().Train(checkpoint, _ => steps++);
        Assert.Equal(0, steps);
        Assert.Equal((first.Steps, TrainingEnd.Finished), (second.Steps, second.End));
        Assert.All(bits, b => Assert.Equal(b.Value, again[b.Key]));
    }

    [Fact]
    public void The_best_weights_survive_a_stop()
    {
        using var folder = new TemporaryFolder();
        // so high a rate that the loss does not only fall
        var small = new SmallRun { Options = new SmallRun().Options with { LearningRate = 0.3, Patience = 2, ValidateEvery = 2, Epochs = 6, WarmUpSteps = 0 } };
        var (expected, expectedBits) = small.Train();
        var best = expected.Validations.MinBy(v => v.Loss).Step;
        Assert.True(best < expected.Steps, "The last weights are the best: the test would say nothing.");

        var checkpoint = folder.File("run.safetensors");
        small.TrainUntil(best + 1, checkpoint);
        var (resumed, bits) = small.Train(checkpoint);
        Assert.Equal(expected.Validations, resumed.Validations);
        Assert.All(expectedBits, b => Assert.Equal(b.Value, bits[b.Key]));
    }
}
