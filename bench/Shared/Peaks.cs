using System.Diagnostics;
using ScFm.Torch.Extras;
using TorchSharp;
using static TorchSharp.torch;

/// <summary>The fastest matrix product of a process, 1024 or 2048 wide.</summary>
/// <param name="Float32">GFLOP/s.</param>
/// <param name="BFloat16">GFLOP/s.</param>
/// <param name="Torch">The version of torch that was measured.</param>
internal sealed record Peaks(double Float32, double BFloat16, string Torch)
{
    private static readonly TimeSpan LongEnough = TimeSpan.FromSeconds(0.5);

    /// <summary>Measures this process; peak.py does the same in Python.</summary>
    public static Peaks Measure() => new(Fastest(ScalarType.Float32), Fastest(ScalarType.BFloat16), Native.LibtorchVersion);

    private static double Fastest(ScalarType type) => new long[] { 1024, 2048 }.Max(width =>
    {
        using var scope = NewDisposeScope();
        var a = rand(width, width).to(type);
        var (total, fastest) = (Stopwatch.StartNew(), double.PositiveInfinity);
        do
        {
            var watch = Stopwatch.StartNew();
            using var product = matmul(a, a);
            fastest = Math.Min(fastest, watch.Elapsed.TotalSeconds);
        }
        while (total.Elapsed < LongEnough);
        return 2.0 * width * width * width / fastest / 1e9;
    });
}
