using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using ScFm.Model.Training;
using ScFm.Tests;
using ScFm.Torch.Extras.Distributed;
using static TorchSharp.torch;

namespace ScFm.Model.Tests.Training;

/// <summary>What tests of trainings in several processes have in common.</summary>
internal static class ParallelRun
{
    private static readonly TimeSpan limit = TimeSpan.FromMinutes(3); // on a busy machine

    /// <summary>Every way of sharding, with buckets so small that there are many.</summary>
    public static IEnumerable<RankOptions> Shardings => Enum.GetValues<ShardedState>().Select(sharding => new RankOptions { Sharding = sharding, BucketMegabytes = 0.002 });

    /// <summary>In the parent: runs the asking test in so many processes.</summary>
    public static void Of(Type type, int size, (string, string)[]? environment = null, [CallerMemberName] string test = "")
    {
        using var ranks = RankProcesses.Start(size, type, environment: environment, test: test);
        ranks.Wait(limit);
    }

    /// <summary>In a rank: meets the others.</summary>
    public static ProcessGroup Join((int Rank, int Size, int Port) own) =>
        ProcessGroup.Join(new Rendezvous(own.Rank, own.Size, "127.0.0.1", own.Port, TimeSpan.FromMinutes(2)), CPU);

    /// <summary>Asserts that losses and validations are the same up to rounding.</summary>
    public static void Same(TrainingRun expected, TrainingRun run)
    {
        Close(expected.Losses, run.Losses, 1e-6, "losses");
        Assert.Equal(expected.Validations.Select(v => v.Step), run.Validations.Select(v => v.Step));
        Close([.. expected.Validations.Select(v => v.Loss)], [.. run.Validations.Select(v => v.Loss)], 1e-6, "validations");
    }

    /// <summary>Asserts that the largest difference is small beside the largest value.</summary>
    public static void Close(IReadOnlyList<double> expected, IReadOnlyList<double> found, double tolerance, string what)
    {
        Assert.Equal(expected.Count, found.Count);
        var difference = expected.Zip(found, (a, b) => Math.Abs(a - b)).DefaultIfEmpty().Max();
        Assert.True(difference <= tolerance * expected.Select(Math.Abs).DefaultIfEmpty().Max(), $"{what}: a difference of {difference} beside values up to {expected.Max(Math.Abs)}.");
    }

    /// <summary>The float32 values of these bytes.</summary>
    public static double[] Floats(byte[] bytes) => [.. MemoryMarshal.Cast<byte, float>(bytes).ToArray().Select(value => (double)value)];

    /// <summary>A digest of weights and buffers.</summary>
    public static byte[] Hash(Dictionary<string, byte[]> bits) => SHA256.HashData([.. bits.OrderBy(weight => weight.Key, StringComparer.Ordinal).SelectMany(weight => weight.Value)]);
}
