using ScFm.Model.Training;
using ScFm.Tests;
using TorchSharp;
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
        IRanks Ranks(RankOptions options) => new TrainingRanks(group, options).With(default);
        GradientsAreTheSame(Ranks, own.Size);
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
                Assert.Equal(expected.Flops, run.Flops, 1e-9 * expected.Flops);
            }
        }
        group.Barrier();
    }

    private static void GradientsAreTheSame(Func<RankOptions, IRanks> ranks, int size)
    {
        int[][] batches = [[0, 5, 9, 11, 30, 2], [7, 8, 1, 4, 3]];
        var expected = GradientsOf(new SoleRank(default), batches);
        Assert.All(expected.Values, gradient => Assert.True(gradient.Max(Math.Abs) > 0));
        foreach (var options in ParallelRun.Shardings)
        {
            var found = GradientsOf(ranks(options), batches);
            var isPart = options.Sharding == ShardedState.OptimizerAndGradients && size > 1;
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
