namespace ScFm.Torch.Tests.Memory;

/// <summary>Alone, because the other tests change the memory of the process too.</summary>
[CollectionDefinition(nameof(FlatMemoryTests), DisableParallelization = true)]
[Collection(nameof(FlatMemoryTests))]
public sealed class FlatMemoryTests
{
    /// <summary>Steps of the long run; SCFM_MEMORY_STEPS=100000 is the full one.</summary>
    private static readonly int Steps = int.TryParse(Environment.GetEnvironmentVariable("SCFM_MEMORY_STEPS"), out var steps) ? steps : 2000;

    [Fact]
    public void Training_steps_hold_a_flat_memory_line()
    {
        using var model = Sequential(Linear(64, 64), GELU(), LayerNorm(64), Linear(64, 64));
        using var optimizer = optim.AdamW(model.parameters());
        using var x = randn(64, 64);
        using var y = randn(64, 64);
        Train(Steps / 3);
        var stretch = Steps / 4;
        List<long> growth = [];
        for (var i = 0; i < 4; i++)
        {
            var before = Resident();
            Train(stretch);
            growth.Add(Resident() - before);
        }

        // The runtime's own heap and compiled code still settle in some stretch; a leak grows in every one. Each tensor of a
        // step is 16 KiB.
        Assert.True(growth.Min() < 2 * stretch, $"KiB more in each {stretch} steps: {string.Join(", ", growth)}");

        void Train(int count)
        {
            for (var step = 0; step < count; step++)
            {
                using var scope = NewDisposeScope();
                optimizer.zero_grad();
                functional.mse_loss(model.call(x), y).backward();
                nn.utils.clip_grad_norm_(model.parameters(), 1);
                optimizer.step();
            }
        }
    }

    [Fact]
    public void Tensors_that_nobody_disposes_are_released_by_the_collector()
    {
        Fill();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var before = Resident();
        for (var round = 0; round < 5; round++)
        {
            Fill();
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.True(Resident() - before < 100_000, $"{Resident() - before} KiB are still held");

        // 20 tensors of 4 MiB.
        static void Fill()
        {
            for (var i = 0; i < 20; i++) ones(1 << 20);
        }
    }

    [DllImport("libc")]
    private static extern int malloc_trim(nint pad);

    private static long Resident()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        // What was freed goes back to the system: else a leak could hide in memory that earlier tests had freed.
        malloc_trim(0);
        var line = File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmRSS", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2]);
    }
}
