using System.Diagnostics;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ScFm.Bench.TorchOverhead;

/// <summary>The operations of peer.py with our binding.</summary>
internal static class Ours
{
    public static readonly (string Name, string Text)[] Names =
    [
        ("add", "8x8 a + b, disposed"), ("add_", "8x8 a.add_(b)"), ("scalar", "8x8 a * 2.0, disposed"), ("exp", "8x8 a.exp(), disposed"),
        ("view", "8x8 a.view(64), disposed"), ("slice", "8x8 a[1..3], disposed"), ("sum", "8x8 a.sum(), disposed"),
        ("linear", "Linear 64 to 64, batch 32, no_grad"), ("layer", "transformer layer 64, forward + backward"),
        ("adamw", "AdamW step, 100 tensors of 64"),
    ];

    private static readonly Dictionary<string, double> Timings = [];

    public static Dictionary<string, double> Run()
    {
        manual_seed(0);
        Tensor a = randn(8, 8), b = randn(8, 8);
        Measure("add", () => { using var c = a + b; }, 20000);
        Measure("add_", () => a.add_(b), 20000);
        Measure("scalar", () => { using var c = a * 2.0; }, 20000);
        Measure("exp", () => { using var c = a.exp(); }, 20000);
        Measure("view", () => { using var c = a.view(64); }, 20000);
        Measure("slice", () => { using var c = a[1..3]; }, 20000);
        Measure("sum", () => { using var c = a.sum(); }, 20000);
        var batch = randn(32, 64);
        using (no_grad())
        {
            var linear = nn.Linear(64, 64);
            Measure("linear", () => { using var c = linear.call(batch); }, 10000);
        }

        var (layer, x) = (new Layer(), randn(4, 16, 64));
        Measure("layer", () =>
        {
            using var scope = NewDisposeScope();
            layer.zero_grad();
            layer.call(x).sum().backward();
        }, 400);
        Parameter[] parameters = [.. Enumerable.Range(0, 100).Select(_ => nn.Parameter(randn(64)))];
        foreach (var parameter in parameters) parameter.grad = randn(64);
        using var optimizer = optim.AdamW(parameters, lr: 1e-3, weight_decay: 0.01);
        Measure("adamw", () => optimizer.step(), 100);
        return Timings;
    }

    private static void Measure(string name, Action operation, int count, int rounds = 9)
    {
        // Long enough for the runtime to compile the operation fully.
        for (var i = 0; i < count; i++) operation();
        Thread.Sleep(200);
        var best = double.PositiveInfinity;
        for (var round = 0; round < rounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < count; i++) operation();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalMicroseconds / count);
        }

        Timings[name] = best;
    }
}
