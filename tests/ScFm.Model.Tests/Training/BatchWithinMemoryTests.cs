using ScFm.Model.Nn;
using ScFm.Model.Training;
using TorchSharp;
using static TorchSharp.torch;

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

    [Theory]
    [InlineData(128, 1)]
    [InlineData(54, 1)]
    [InlineData(8, 4)]
    [InlineData(16, 100)]
    public void Batches_that_fit_are_left_as_they_are(int batch, int accumulation) =>
        Assert.Equal((batch, accumulation), Fitted(new LineTask(54), new() { BatchSize = batch, Accumulation = accumulation }));

    [Theory]
    [InlineData(128, 1, 18, 3)] // an epoch has 54 cells, and so has a step
    [InlineData(27, 2, 18, 3)]
    [InlineData(40, 1, 20, 2)]
    [InlineData(21, 1, 11, 2)]
    public void Batches_that_do_not_fit_are_made_of_as_few_passes_as_do(int batch, int accumulation, int cells, int passes) =>
        Assert.Equal((cells, passes), Fitted(new LineTask(54) { MostCells = 20 }, new() { BatchSize = batch, Accumulation = accumulation }));

    [Fact]
    public void An_epoch_that_takes_cells_more_than_once_has_batches_of_more_cells_than_there_are() =>
        Assert.Equal((16, 2), Fitted(new LineTask(10) { EpochLength = 40, MostCells = 16 }, new() { BatchSize = 32 }));

    [Fact]
    public void Weights_that_a_step_computes_with_and_does_not_train_count_to_the_memory_once()
    {
        const long Mebibyte = 1 << 20;
        using var scope = NewDisposeScope();
        var four = nn.Linear(1024, 1024, hasBias: false);
        var options = new TrainingOptions { BatchSize = 2 };
        Assert.Equal((2, 1), Fitted(new LineTask(4), options, 3 * Mebibyte));
        Assert.Equal((2, 1), Fitted(new LineTask(4) { Beside = [four, four] }, options, 7 * Mebibyte));
        var error = Assert.Throws<ArgumentException>(() => Fitted(new LineTask(4) { Beside = [four] }, options, 3 * Mebibyte));
        Assert.StartsWith("A training step of one cell needs 4", error.Message);

        var pretraining = new SmallRun().Task();
        using var adapters = new Lora(pretraining.Module, new LoraOptions { Rank = 1 }, seed: 4);
        Assert.Equal([pretraining.Module], new LoraTask(pretraining, adapters).Beside);
    }

    private static (int BatchSize, int Accumulation) Fitted(LineTask task, TrainingOptions options, long bytes = long.MaxValue)
    {
        var found = LargestBatch.Fit(task, options, new(bytes));
        return (found.BatchSize, found.Accumulation);
    }
}
