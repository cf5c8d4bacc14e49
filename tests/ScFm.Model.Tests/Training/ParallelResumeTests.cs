using ScFm.Model.Training;
using ScFm.Tests;

namespace ScFm.Model.Tests.Training;

/// <summary>A checkpoint of several ranks is one file like any other, which any number of ranks takes up.</summary>
[Collection(nameof(TorchGenerator))]
public sealed class ParallelResumeTests
{
    private const string CheckpointVariable = "SCFM_TEST_CHECKPOINT";
    private const string StopVariable = "SCFM_TEST_STOP";

    private static SmallRun Small => new() { Options = new SmallRun().Options with { Patience = 100 } };

    /// <summary>Too long to be done before one of its ranks is killed.</summary>
    private static SmallRun Long => new() { Options = new SmallRun().Options with { Epochs = 200, CheckpointEvery = 1, Patience = 1000 } };

    private static string Checkpoint => Environment.GetEnvironmentVariable(CheckpointVariable)!;

    [Fact]
    public void Two_ranks_then_four_then_one_go_through_the_losses_of_one()
    {
        using var folder = new TemporaryFolder();
        var checkpoint = folder.File("run.safetensors");
        if (RankProcesses.Own() is { } own)
        {
            using var group = ParallelRun.Join(own);
            var sharding = own.Size == 2 ? ShardedState.OptimizerAndGradients : ShardedState.Optimizer;
            var ranks = new TrainingRanks(group, new RankOptions { Sharding = sharding });
            var (run, _) = Small.TrainUntil(int.Parse(Environment.GetEnvironmentVariable(StopVariable)!), Checkpoint, ranks);
            Assert.Equal(TrainingEnd.Interrupted, run.End);
            group.Barrier();
            return;
        }
        foreach (var (size, stop) in new[] { (2, 7), (4, 17) })
        {
            ParallelRun.Of(GetType(), size, [(CheckpointVariable, checkpoint), (StopVariable, $"{stop}")]);
            Assert.Equal(stop + 1, Checkpoints.StepOf(checkpoint)); // the others learn at the end of the next step that one wants to stop
        }
        var (expected, _) = Small.Train();
        var (resumed, _) = Small.Train(checkpoint);
        Assert.Equal(TrainingEnd.Finished, resumed.End);
        ParallelRun.Same(expected, resumed);
    }

    [Fact]
    public void With_dropout_and_redrawn_features_ranks_draw_each_their_own_and_a_stopped_run_ends_with_the_same_bits_on_all()
    {
        if (RankProcesses.Own() is not { } own)
        {
            ParallelRun.Of(GetType(), 2);
            return;
        }
        using var folder = new TemporaryFolder();
        using var group = ParallelRun.Join(own);
        var small = Small with { Dropout = 0.2, RedrawInterval = 3, DecoderDepth = 2 };
        var ranks = new TrainingRanks(group, new RankOptions { Sharding = ShardedState.Optimizer });
        var (expected, bits) = small.Train(ranks: ranks);
        var (stopped, _) = small.TrainUntil(6, folder.File("run.safetensors"), ranks);
        Assert.Equal(7, stopped.Steps);
        var (resumed, resumedBits) = small.Train(folder.File("run.safetensors"), ranks: ranks);
        Assert.Equal(expected.Losses, resumed.Losses);
        Assert.All(bits, weight => Assert.Equal(weight.Value, resumedBits[weight.Key]));

        group.Put($"hash/{own.Rank}", ParallelRun.Hash(bits));
        Assert.Equal(ParallelRun.Hash(bits), group.Take($"hash/{1 - own.Rank}", TimeSpan.FromMinutes(1)));
        Assert.NotEqual(small.Train().Run.Losses[^1], expected.Losses[^1], 1e-6); // as the other rank drops other values
        group.Barrier();
    }

    [Fact]
    public void A_killed_rank_ends_the_other_with_a_clear_message_and_the_run_goes_on_from_its_last_checkpoint()
    {
        if (RankProcesses.Own() is { } own)
        {
            using var group = ParallelRun.Join(own);
            Long.Train(Checkpoint, ranks: new TrainingRanks(group)); // one of the two is killed somewhere in here
            return;
        }
        using var folder = new TemporaryFolder();
        var checkpoint = folder.File("run.safetensors");
        using var ranks = RankProcesses.Start(2, GetType(), environment: [(CheckpointVariable, checkpoint)]);
        Assert.True(SpinWait.SpinUntil(() => ranks[0].HasExited || File.Exists(checkpoint) && Checkpoints.StepOf(checkpoint) > 3, TimeSpan.FromMinutes(2)));
        Assert.False(ranks[0].HasExited, ranks.OutputOf(0));
        ranks[1].Kill();
        Assert.True(ranks.WaitFor(0, TimeSpan.FromSeconds(60)), "Rank 0 still runs a minute after rank 1 was killed.");
        Assert.NotEqual(0, ranks[0].ExitCode);
        Assert.Contains("because another rank ended or did not take part in time", ranks.OutputOf(0));

        var step = Checkpoints.StepOf(checkpoint);
        var (resumed, _) = Long.TrainUntil(step + 3, checkpoint);
        Assert.Equal(step + 3, resumed.Steps);
        var (expected, _) = Long.TrainUntil(Math.Min(step, 30) + 3, folder.File("alone.safetensors"));
        ParallelRun.Close(expected.Losses, [.. resumed.Losses.Take(expected.Steps)], 1e-6, "losses");
    }
}
