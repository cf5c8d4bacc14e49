using ScFm.Model.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Tests.Training;

[Collection(nameof(TorchGenerator))]
public sealed class MemoryTests
{
    [Fact]
    public void Memory_stays_flat_over_thousands_of_steps()
    {
        using var scope = NewDisposeScope();
        var task = new SmallRun { Dropout = 0.1 }.Task();
        var resident = new List<long>();
        // 9 steps and a validation each epoch
        Trainer.Run(task, new TrainingOptions { Epochs = 280, BatchSize = 5, Patience = 1000 }, progress: new Told(p =>
        {
            if (p.Step % 500 == 0 && double.IsNaN(p.ValidationLoss))
            {
                GC.Collect();
                resident.Add(ResidentKilobytes());
            }
        }));
        Assert.Equal(5, resident.Count);
        // the loop itself keeps 8 bytes a step; a leak of one token tensor a step (16 x 100 x 16 floats) would be 100 MB
        Assert.InRange(resident[^1] - resident[0], long.MinValue, 20_000);
    }

    private static long ResidentKilobytes() =>
        long.Parse(File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmRSS", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]);
}
