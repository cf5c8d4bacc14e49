using ScFm.Model.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Tests.Training;

[Collection(nameof(TorchGenerator))]
public sealed class MemoryTests
{
    [Fact]
    public void Memory_stays_flat_over_hundreds_of_steps_and_their_validations()
    {
        using var scope = NewDisposeScope();
        var task = new SmallRun { Dropout = 0.1 }.Task();
        var resident = new List<long>();
        Trainer.Run(task, new TrainingOptions { Epochs = 72, BatchSize = 5, ValidateEvery = 20, Patience = 1000 }, progress: new Told(p =>
        {
            if (p.Step % 125 == 10 && double.IsNaN(p.ValidationLoss))
            {
                GC.Collect();
                resident.Add(ResidentKilobytes());
            }
        }));
        Assert.Equal(6, resident.Count);
        // the loop itself keeps 8 bytes a step; a leak of one tensor of 1,000 hidden states a step would be 32 MB
        Assert.InRange(resident[^1] - resident[1], long.MinValue, 16_000);
    }

    private static long ResidentKilobytes() =>
        long.Parse(File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmRSS", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]);
}
