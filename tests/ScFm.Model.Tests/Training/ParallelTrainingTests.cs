using ScFm.Model.Models.Geneformer;
using ScFm.Model.Models.ScVi;
using ScFm.Model.Nn;
using ScFm.Model.Tests.Models.Geneformer;
using ScFm.Model.Tests.Models.ScVi;
using ScFm.Model.Training;
using ScFm.Tests;
using ScFm.Torch.Extras.Distributed;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ScFm.Model.Tests.Training;

/// <summary>Several processes train the model that one process trains, up to rounding.</summary>
[Collection(nameof(TorchGenerator))]
public sealed class ParallelTrainingTests
{
    /// <summary>43 cells in batches of 5 and a last one of 3: four ranks have uneven shares, and one of them none.</summary>
    private static SmallRun Small => new();

    [Fact]
    public void One_two_and_four_ranks_have_the_gradients_losses_and_weights_of_one_process()
    {
        if (RankProcesses.Own() is not { } own)
        {
            Array.ForEach([1, 2, 4], size => ParallelRun.Of(GetType(), size));
            return;
        }
        using var group = ParallelRun.Join(own);
        GradientsAreTheSame(group);
        GradientsLeaveWhileOthersAreComputed(group);
        RanksWithoutAParameterOfTheirOwnTrainAlong(group);
        var accumulating = Small.Options with { Accumulation = 2, ClipNorm = 0.1, ClipValue = 0.01, WeightDecay = 0.1 };
        foreach (var small in new[] { Small, Small with { Options = accumulating } })
        {
            var (expected, weights) = small.Train();
            foreach (var options in ParallelRun.Shardings)
            {
                var (run, bits) = small.Train(ranks: new TrainingRanks(group, options));
                Assert.Equal(TrainingEnd.Finished, run.End);
                ParallelRun.Same(expected, run);
                Assert.All(weights, weight => ParallelRun.Close(Determined(weight), Determined(KeyValuePair.Create(weight.Key, bits[weight.Key])), 1e-5, $"{weight.Key}, {options}"));
                Assert.InRange(run.Flops, expected.Flops, own.Size * expected.Flops); // what all cells of a pass share, each rank computes
            }
        }
        group.Barrier();
    }

    [Fact]
    public void Other_models_with_their_optimizers_and_adapters_are_trained_alike_and_norms_over_batches_leave_all_ranks_with_the_same_weights()
    {
        if (RankProcesses.Own() is not { } own)
        {
            ParallelRun.Of(GetType(), 2);
            return;
        }
        using var scope = NewDisposeScope();
        using var group = ParallelRun.Join(own);
        TrainingRanks Ranks(ShardedState sharding) => new(group, new RankOptions { Sharding = sharding });

        var cells = PlantedModules.Make(60);
        var geneformer = new GeneformerOptions
        {
            Config = new GeneformerConfig { Width = 16, Layers = 1, Heads = 2, FeedForward = 32, MaxLength = 32, Dropout = 0, AttentionDropout = 0 },
            Training = new GeneformerOptions().Training with { Epochs = 2, BatchSize = 7, WeightDecay = 0.1, WarmUpSteps = 2, Accumulation = 2 },
        };
        var alone = GeneformerModel.Train(cells, geneformer).Report!.Run;
        foreach (var sharding in Enum.GetValues<ShardedState>())
        {
            ParallelRun.Same(alone, GeneformerModel.Train(cells, geneformer, ranks: Ranks(sharding)).Report!.Run);
        }

        var adapted = Adapted(null);
        ParallelRun.Same(adapted, Adapted(Ranks(ShardedState.Optimizer)));

        var model = ScViModel.Train(PlantedCells.Make(100), new ScViOptions { Config = ScViConfig.Linear with { Hidden = 16, Latent = 4 }, Epochs = 2, BatchSize = 29 }, ranks: Ranks(ShardedState.OptimizerAndGradients));
        Assert.Equal(TrainingEnd.Finished, model.Report!.Run.End);
        SameBits(group, SmallRun.BitsOf(model.Module));
        group.Barrier();
    }

    private static TrainingRun Adapted(TrainingRanks? ranks)
    {
        var task = Small.Task();
        using var lora = new Lora(task.Module, new LoraOptions { Rank = 2 }, seed: 4);
        return Trainer.Run(new LoraTask(task, lora), Small.Options, ranks: ranks);
    }

    private static void SameBits(ProcessGroup group, Dictionary<string, byte[]> bits)
    {
        group.Put($"bits/{group.Rank}", ParallelRun.Hash(bits));
        Assert.Equal(ParallelRun.Hash(bits), group.Take($"bits/{(group.Rank + 1) % group.Size}", TimeSpan.FromMinutes(1)));
    }

    private static void RanksWithoutAParameterOfTheirOwnTrainAlong(ProcessGroup group)
    {
        using var scope = NewDisposeScope();
        var options = new TrainingOptions { Epochs = 3, BatchSize = 3, LearningRate = 0.1, WarmUpSteps = 0, ClipNorm = 0.5 };
        var (alone, shared) = (new LineTask(10), new LineTask(10)); // of two parameters, with a last batch of one point
        var expected = Trainer.Run(alone, options);
        var run = Trainer.Run(shared, options, ranks: new TrainingRanks(group, new RankOptions { Sharding = ShardedState.OptimizerAndGradients }));
        ParallelRun.Close(expected.Losses, run.Losses, 1e-6, "losses");
        Assert.Equal(alone.Line.Slope, shared.Line.Slope, 1e-5);
    }

    private static void GradientsLeaveWhileOthersAreComputed(ProcessGroup group)
    {
        using var scope = NewDisposeScope();
        var task = Small.Task();
        Parameter[] trained = [.. task.Module.parameters()];
        using var replica = new ProcessRanks(group, new RankOptions { BucketMegabytes = 0.002 }, default).Replica(task.Module, trained);
        replica.Begin(0, 0);
        var before = group.BytesSent;
        StepSums Pass()
        {
            var found = task.Loss([1, 2, 3], 0);
            found.Loss.backward();
            return new(0, 1, 3, 0, 0);
        }
        replica.Sum(() =>
        {
            Pass();
            Assert.Equal(before, group.BytesSent); // of several passes only the last one sends
            replica.ExpectLastPass();
            var sums = Pass();
            var least = trained.Sum(parameter => 4 * parameter.numel()) * 2 * (group.Size - 1) / group.Size;
            Assert.InRange(group.BytesSent - before, 9 * least / 10, least); // before the pass is over; a bucket with a parameter that these cells have no gradient of leaves later
            return sums;
        });
    }

    private static void GradientsAreTheSame(ProcessGroup group)
    {
        int[][] batches = [[0, 5, 9, 11, 30, 2], [7, 8, 1, 4, 3]];
        var expected = GradientsOf(new SoleRank(default), batches);
        Assert.All(expected.Values, gradient => Assert.True(gradient.Max(Math.Abs) > 0));
        foreach (var options in ParallelRun.Shardings)
        {
            var found = GradientsOf(new ProcessRanks(group, options, default), batches);
            var isPart = options.Sharding == ShardedState.OptimizerAndGradients && group.Size > 1;
            Assert.InRange(found.Count, 1, isPart ? expected.Count - 1 : expected.Count);
            Assert.True(isPart || found.Count == expected.Count);
            Assert.All(found, gradient => ParallelRun.Close(expected[gradient.Key], gradient.Value, 1e-6, $"{gradient.Key}, {options}"));
        }
    }

    private static Dictionary<string, double[]> GradientsOf(IRanks ranks, int[][] batches)
    {
        using var scope = NewDisposeScope();
        var task = Small.Task();
        using var steps = new OptimizerSteps(task, Small.Options with { ClipNorm = 0 }, 10, ranks);
        steps.Take(batches, null, 0, new TrainingState());
        return task.Module.named_parameters().Where(named => named.parameter.grad is not null)
            .ToDictionary(named => named.name, named => ParallelRun.Floats(named.parameter.grad!.contiguous().bytes.ToArray()));
    }

    /// <summary>The values of a weight without the biases of softmax attention's keys: no loss depends on these, so that their gradient is rounding alone, which Adam brings to the size of any other.</summary>
    private static double[] Determined(KeyValuePair<string, byte[]> weight)
    {
        var values = ParallelRun.Floats(weight.Value);
        return weight.Key.EndsWith("self_attn.in_proj_bias", StringComparison.Ordinal) ? [.. values[..(values.Length / 3)], .. values[(values.Length / 3 * 2)..]] : values;
    }
}
