using System.Globalization;
using ScFm.Model.Models.ScVi;
using ScFm.Model.Tests.Tasks;
using ScFm.Model.Tests.Training;
using ScFm.Model.Training;

namespace ScFm.Model.Tests.Models.ScVi;

/// <summary>The memory of the process while a model is trained.</summary>
[Collection(nameof(TorchGenerator))]
public sealed class ScViMemoryTests
{
    private const int StepsInEpoch = 4;

    [Fact]
    public void Epochs_hold_a_flat_memory_line() => Train(60);

    [Fact]
    public void A_thousand_epochs_hold_a_flat_memory_line()
    {
        Assert.SkipWhen(string.IsNullOrEmpty(Environment.GetEnvironmentVariable("SCFM_LONG_TESTS")), "A thousand epochs take minutes; SCFM_LONG_TESTS=1 (or ./scfm test --all) runs them.");
        Train(1000);
    }

    /// <summary>Trains, and compares stretches of epochs: what settles does so in one of them, a leak grows in every one.</summary>
    private static void Train(int epochs)
    {
        var (stretch, resident) = (epochs * StepsInEpoch / 6, new List<long>());
        ScViModel.Train(
            PlantedCells.Make(StepsInEpoch * 64 + 28, genes: 200),
            new ScViOptions { Config = ScViConfig.Linear with { Hidden = 64 }, Epochs = epochs, BatchSize = 64 },
            progress: new Told(p =>
            {
                if (p.Step > 0 && p.Step % stretch == 0 && double.IsNaN(p.ValidationLoss))
                {
                    resident.Add(Resident());
                }
            }));
        Assert.Equal(6, resident.Count);
        var growth = resident.Zip(resident.Skip(1), (before, after) => after - before).ToArray();
        Assert.True(growth.Min() < 2 * stretch, $"KiB more in each {stretch} steps: {string.Join(", ", growth)}"); // the counts of one batch alone are 40 KiB
    }

    private static long Resident()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var line = File.ReadLines("/proc/self/status").First(l => l.StartsWith("VmRSS", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture);
    }
}
