using System.Runtime.InteropServices;
using ScFm.Model.Training;
using ScFm.Tests;
using ScFm.Torch.Extras.Distributed;
using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Tests.Training;

/// <summary>Several processes train the model that one process trains, up to rounding.</summary>
[Collection(nameof(TorchGenerator))]
public sealed class ParallelTrainingTests
{
    private static readonly TimeSpan limit = TimeSpan.FromMinutes(2);
    private static readonly int[] sizes = [1, 2, 4];

    /// <summary>43 cells in batches of 5 and a last one of 3: four ranks have uneven shares, and one of them none.</summary>
    private static SmallRun Small => new();

    private static IEnumerable<RankOptions> Shardings => Enum.GetValues<ShardedState>().Select(sharding => new RankOptions { Sharding = sharding, BucketMegabytes = 0.002 });

    [Fact]
    public void Gradients_are_those_of_one_process_with_the_whole_batch()
    {
        if (RankProcesses.Own() is not { } own)
        {
            Run(GetType());
            return;
        }
        int[][] batches = [[0, 5, 9, 11, 30, 2], [7, 8, 1, 4, 3]];
        var expected = GradientsOf(new SoleRank(default), batches);
        Assert.All(expected.Values, gradient => Assert.True(gradient.Max(Math.Abs) > 0));
        using var group = Join(own);
        foreach (var options in Shardings)
        {
            var found = GradientsOf(new ProcessRanks(group, options, default), batches);
            Assert.True(found.Count == expected.Count || options.Sharding == ShardedState.OptimizerAndGradients && own.Size > 1, $"{found.Count} of {expected.Count} gradients.");
            Assert.NotEmpty(found);
            Assert.All(found, gradient => Close(expected[gradient.Key], gradient.Value, 1e-6, $"{gradient.Key}, {options}"));
        }
        group.Barrier();
    }

    [Fact]
    public void Losses_validations_and_weights_are_those_of_one_process()
    {
        if (RankProcesses.Own() is not { } own)
        {
            Run(GetType());
            return;
        }
        using var group = Join(own);
        foreach (var small in new[] { Small, Small with { Options = Small.Options with { Accumulation = 2, ClipNorm = 0.1, ClipValue = 0.01, WeightDecay = 0.1 } } })
        {
            var (expected, weights) = small.Train();
            foreach (var options in Shardings)
            {
                var (run, bits) = small.Train(ranks: new TrainingRanks(group, options));
                Assert.Equal(TrainingEnd.Finished, run.End);
                Same(expected, run);
                Assert.All(weights, weight => Close(Floats(weight.Value), Floats(bits[weight.Key]), 1e-5, $"{weight.Key}, {options}"));
                Assert.Equal(expected.Flops, run.Flops, 1e-9 * expected.Flops);
            }
        }
        group.Barrier();
    }

    private static void Same(TrainingRun expected, TrainingRun run)
    {
        Close(expected.Losses, run.Losses, 1e-6, "losses");
        Assert.Equal(expected.Validations.Select(v => v.Step), run.Validations.Select(v => v.Step));
        Close([.. expected.Validations.Select(v => v.Loss)], [.. run.Validations.Select(v => v.Loss)], 1e-6, "validations");
    }

    private static Dictionary<string, double[]> GradientsOf(IRanks ranks, int[][] batches)
    {
        using var scope = NewDisposeScope();
        var task = Small.Task();
        using var steps = new OptimizerSteps(task, Small.Options with { ClipNorm = 0 }, 10, ranks);
        steps.Take(batches, null, 0, new TrainingState());
        return task.Module.named_parameters().Where(named => named.parameter.grad is not null)
            .ToDictionary(named => named.name, named => Floats(named.parameter.grad!.contiguous().bytes.ToArray()));
    }

    private static double[] Floats(byte[] bytes) => [.. MemoryMarshal.Cast<byte, float>(bytes).ToArray().Select(value => (double)value)];

    /// <summary>Asserts that the largest difference is small beside the largest value.</summary>
    private static void Close(IReadOnlyList<double> expected, IReadOnlyList<double> found, double tolerance, string what)
    {
        Assert.Equal(expected.Count, found.Count);
        var scale = expected.Max(Math.Abs);
        var difference = expected.Zip(found, (a, b) => Math.Abs(a - b)).Max();
        Assert.True(difference <= tolerance * scale, $"{what}: a difference of {difference} beside values up to {scale}.");
    }

    private static void Run(Type type, [System.Runtime.CompilerServices.CallerMemberName] string test = "")
    {
        foreach (var size in sizes)
        {
            using var ranks = RankProcesses.Start(size, type, test: test);
            ranks.Wait(limit);
        }
    }

    private static ProcessGroup Join((int Rank, int Size, int Port) own) =>
        ProcessGroup.Join(new Rendezvous(own.Rank, own.Size, "127.0.0.1", own.Port, TimeSpan.FromSeconds(60)), CPU);
}
