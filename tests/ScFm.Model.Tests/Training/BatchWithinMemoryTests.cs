using ScFm.Model.Training;

namespace ScFm.Model.Tests.Training;

/// <summary>Which options a training gets for an amount of memory, with tasks that say themselves when it runs out.</summary>
[Collection(nameof(TorchGenerator))]
public sealed class BatchWithinMemoryTests
{
    [Fact]
    public void What_finds_no_memory_in_its_second_step_does_not_fit()
    {
        Assert.Equal((1, 8), Fitted(new LineTask(20) { OutOfMemoryAt = 4 }, new() { BatchSize = 8 })); // one cell takes both steps, two take one
        var error = Assert.Throws<ArgumentException>(() => Fitted(new LineTask(20) { OutOfMemoryAt = 2 }, new() { BatchSize = 8 }));
        Assert.StartsWith("A training step of one cell needs more than the ", error.Message);
    }

    private static (int BatchSize, int Accumulation) Fitted(LineTask task, TrainingOptions options)
    {
        var found = LargestBatch.Fit(task, options, new(long.MaxValue));
        return (found.BatchSize, found.Accumulation);
    }
}
