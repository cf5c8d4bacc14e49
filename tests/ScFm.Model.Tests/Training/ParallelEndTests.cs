using System.Runtime.InteropServices;
using ScFm.Model.Models.ScFoundation;
using ScFm.Model.Tests.Tasks;
using ScFm.Model.Training;
using ScFm.Tests;
using static TorchSharp.torch;

namespace ScFm.Model.Tests.Training;

/// <summary>Ranks end together, whatever ends one of them.</summary>
[Collection(nameof(TorchGenerator))]
public sealed class ParallelEndTests
{
    private static readonly TrainingOptions options = new() { Epochs = 4, BatchSize = 4, LearningRate = 0.1, WarmUpSteps = 0, Patience = 0, ValidateEvery = 2 };

    [Fact]
    public void Ranks_stop_at_the_same_step_keep_the_same_best_weights_and_fail_together_naming_the_one_that_failed()
    {
        if (RankProcesses.Own() is not { } own)
        {
            ParallelRun.Of(GetType(), 2);
            return;
        }
        using var scope = NewDisposeScope();
        using var group = ParallelRun.Join(own);
        var ranks = new TrainingRanks(group);

        using var stop = new CancellationTokenSource();
        var stopped = Trainer.Run(new LineTask(20), options, null, new Told(p => { if (own.Rank == 1 && p.Step == 3) { stop.Cancel(); } }), stop.Token, ranks);
        Assert.Equal((TrainingEnd.Interrupted, 4), (stopped.End, stopped.Steps));

        var losses = new[] { 3.0, 1, 2, 2, 2 };
        var best = new LineTask(20, validation => own.Rank == 0 ? losses[validation] : throw new InvalidOperationException("Rank 1 validates."));
        var early = Trainer.Run(best, options with { Patience = 2 }, ranks: ranks);
        Assert.Equal((TrainingEnd.StoppedEarly, 8), (early.End, early.Steps));
        Assert.Equal([3.0, 1, 2, 2], early.Validations.Select(v => v.Loss));
        var alone = new LineTask(20, validation => losses[validation]);
        Trainer.Run(alone, options with { Patience = 2 });
        Assert.Equal(alone.Validated[1].Slope, best.Line.Slope, 1e-6);

        var starved = Trainer.Run(new LineTask(20) { OutOfMemoryAt = own.Rank == 1 ? 3 : 0 }, options with { ValidateEvery = 100 }, ranks: ranks);
        Assert.Equal((TrainingEnd.Failed, 2), (starved.End, starved.Steps));
        Assert.Equal(own.Rank == 0, starved.Failure!.StartsWith("Rank 1 cannot go on: ", StringComparison.Ordinal));

        var damaged = new LineTask(20, _ => throw new InvalidDataException("The held-out cells are damaged."));
        var error = Record.Exception(() => Trainer.Run(damaged, options, ranks: ranks));
        Assert.IsType(own.Rank == 0 ? typeof(InvalidDataException) : typeof(InvalidOperationException), error);
        Assert.Equal($"{(own.Rank == 0 ? "" : "Rank 0 cannot go on: ")}The held-out cells are damaged.", error.Message);

        Assert.Throws<ExternalException>(() => Trainer.Run(new LineTask(20) { OutOfMemoryAt = own.Rank == 1 ? 1 : 0 }, options with { ValidateEvery = 100 }, ranks: ranks)); // in the first step nothing is learnt that could be kept
        group.Barrier();
    }

    [Fact]
    public void A_rank_that_cannot_send_its_gradients_keeps_the_others_waiting_for_nothing_and_names_itself()
    {
        if (RankProcesses.Own() is not { } own)
        {
            ParallelRun.Of(GetType(), 2);
            return;
        }
        using var scope = NewDisposeScope();
        using var group = ParallelRun.Join(own);
        var ranks = new TrainingRanks(group, new RankOptions { BucketMegabytes = 0.002 });
        var error = Assert.Throws<ExternalException>(() => Trainer.Run(new TableTask(isSparse: own.Rank == 1), options, ranks: ranks));
        Assert.Equal(own.Rank == 0, error.Message.StartsWith("Rank 1 cannot go on: ", StringComparison.Ordinal));
        Assert.Contains("sparse", error.Message);
        Assert.Equal(TrainingEnd.Finished, Trainer.Run(new TableTask(isSparse: false), options, ranks: ranks).End);
        group.Barrier();
    }

    [Fact]
    public void Only_the_first_rank_s_checkpoint_counts_and_with_it_the_batch_that_was_found()
    {
        if (RankProcesses.Own() is not { } own)
        {
            ParallelRun.Of(GetType(), 2);
            return;
        }
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        using var group = ParallelRun.Join(own);
        var (ranks, file) = (new TrainingRanks(group), folder.File("run"));
        string? NamedBy(int rank) => own.Rank == rank ? file : null;
        foreach (var rank in new[] { 1, 0 })
        {
            Assert.Equal(TrainingEnd.Finished, Trainer.Run(new LineTask(20), options with { CheckpointEvery = 3 }, NamedBy(rank), ranks: ranks).End);
            Assert.Equal(rank == 0 && own.Rank == 0, File.Exists(file));
        }
        File.Delete(file);

        var little = new PretrainingOptions { LeastCells = 15, Training = new() { Epochs = 1, BatchSize = 12, Patience = 0 } };
        TrainingRun Limited(long? bytes)
        {
            using var budget = MemoryBudget.Use(bytes is { } memory ? new(memory) : null);
            return Pretraining.Run(TaskCells.First(40), little, NamedBy(0), ranks: ranks).Report!.Run;
        }
        var found = Limited(24 << 20);
        Assert.Equal(found.Losses, Limited(24 << 20).Losses);
        var error = Assert.Throws<InvalidOperationException>(() => Limited(own.Rank == 0 ? 24 << 20 : null));
        Assert.Equal("Whether memory is limited is 'True' on rank 0 and 'False' on rank 1; expected the same on all ranks.", error.Message);
        group.Barrier();
    }

    [Fact]
    public void A_size_of_buckets_out_of_range_is_refused()
    {
        if (RankProcesses.Own() is not { } own)
        {
            ParallelRun.Of(GetType(), 1);
            return;
        }
        using var group = ParallelRun.Join(own);
        Assert.Equal("BucketMegabytes is 0; expected 0.001 to 10000.", Assert.Throws<ArgumentException>(() => new TrainingRanks(group, new RankOptions { BucketMegabytes = 0 })).Message);
    }
}
