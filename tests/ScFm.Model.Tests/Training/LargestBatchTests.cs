using ScFm.Model.Devices;
using ScFm.Model.Models.ScFoundation;
using ScFm.Model.Models.ScVi;
using ScFm.Model.Tests.Tasks;
using ScFm.Model.Training;
using TorchSharp;

namespace ScFm.Model.Tests.Training;

[Collection(nameof(TorchGenerator))]
public sealed class LargestBatchTests
{
    private const long Mebibyte = 1 << 20;

    [Theory]
    [InlineData(100, 100, 100)]
    [InlineData(100, 99, 99)]
    [InlineData(1, 50, 1)]
    [InlineData(64, 1, 1)]
    [InlineData(64, 0, 0)]
    [InlineData(1000, 5, 5)]
    public void No_number_is_tried_twice_and_the_answer_is_near_the_best(int most, int allowed, int best)
    {
        var tried = new List<int>();
        var found = LargestBatch.Find(most, allowed, number =>
        {
            tried.Add(number);
            return number;
        });
        Assert.InRange(found, best - best / 16, best);
        Assert.Equal(tried.Count, tried.Distinct().Count());
        Assert.All(tried, number => Assert.InRange(number, 1, most));
        Assert.True(tried.Count <= 12, string.Join(' ', tried));
    }

    [Fact]
    public void Memory_that_is_not_there_counts_as_too_much()
    {
        var found = LargestBatch.Find(4096, long.MaxValue, number => number > 77 ? null : number);
        Assert.InRange(found, 73, 77);
    }

    [Theory]
    [InlineData("8GiB", 8L << 30)]
    [InlineData("1.5 GiB", 3L << 29)]
    [InlineData("512m", 512L << 20)]
    [InlineData("2GB", 2L << 30)]
    [InlineData("1000", 1000)]
    [InlineData("7B", 7)]
    public void Amounts_of_memory_are_read(string text, long bytes) => Assert.Equal(bytes, ByteSize.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("much")]
    [InlineData("-1GiB")]
    [InlineData("0")]
    [InlineData("1e30GiB")]
    [InlineData("99999999999999999999T")]
    public void What_is_no_amount_of_memory_is_refused(string text) =>
        Assert.Equal($"'{text}' is no amount of memory; expected one such as 8GiB, 512MiB or 1.5GiB.", Assert.Throws<ArgumentException>(() => ByteSize.Parse(text)).Message);

    [Fact]
    public void Amounts_of_memory_are_written_in_the_unit_that_suits()
    {
        Assert.Equal(["12 B", "1.5 KiB", "3.2 GiB", "141 GiB"], new[] { 12L, 1536L, (long)(3.2 * (1L << 30)), 141L << 30 }.Select(ByteSize.Text));
    }

    [Fact]
    public void A_training_takes_no_more_than_it_is_allowed_and_larger_batches_where_it_is_allowed_more()
    {
        var small = Sizes(24 * Mebibyte);
        var large = Sizes(72 * Mebibyte);
        Assert.True(large > small, $"{small} cells of 24 MiB, {large} of 72");

        // the run itself, which steps many times and validates, stays within what was allowed beside its own two copies of the weights
        int Sizes(long memory)
        {
            var (run, peak) = (0, 0L);
            peak = PeakMemory.Of(torch.CPU, () =>
            {
                using var budget = MemoryBudget.Use(new(memory, FillsMemory: true));
                var told = Pretraining.Run(TaskCells.First(120), new() { LeastCells = 20, Training = new() { Epochs = 1, Patience = 0 } }).Report!.Run;
                run = (int)Math.Ceiling(108.0 / told.Steps);
            });
            Assert.InRange(peak, memory / 4, memory * 5 / 4);
            return run;
        }
    }

    [Fact]
    public void Steps_keep_their_cells_where_they_are_asked_for_and_are_computed_in_as_many_passes_as_needed()
    {
        var cells = TaskCells.First(80);
        var options = new PretrainingOptions { LeastCells = 20, Training = new() { Epochs = 1, BatchSize = 36, Patience = 0 } };
        var whole = Pretraining.Run(cells, options).Report!.Run;
        var parts = Within(16 * Mebibyte, () => Pretraining.Run(cells, options)).Report!.Run;
        Assert.Equal(2, whole.Steps);
        Assert.Equal(whole.Steps, parts.Steps);
        Assert.Equal(whole.Losses[0], parts.Losses[0], 0.05 * whole.Losses[0]); // other cells share a step

        var found = LargestBatch.Fit(Task(), options.Training, new(16 * Mebibyte));
        Assert.True(found.Accumulation > 1, $"{found.Accumulation} passes of {found.BatchSize} cells");
        Assert.InRange(found.BatchSize * found.Accumulation, 36, 35 + found.Accumulation);
        Assert.Equal(Pretraining.Run(cells, options with { Training = found }).Report!.Run.Losses, parts.Losses);

        PretrainingTask Task()
        {
            var prepared = PretrainingCells.Of(cells, options, default);
            var (model, origin) = PretrainingStart.Of(options, prepared.Vocabulary, prepared.Training);
            return new(model.Module, options.ReadDepth, prepared.Training, prepared.HeldOut, options.Training.Seed, origin, prepared.Sampler);
        }
    }

    [Fact]
    public void Trying_leaves_nothing_behind_so_that_a_batch_that_was_found_trains_as_one_that_was_given()
    {
        var cells = TaskCells.First(40);
        var options = new PretrainingOptions { LeastCells = 15, Training = new() { Epochs = 1, BatchSize = 36 } };
        var given = SmallRun.BitsOf(Pretraining.Run(cells, options).Module);
        var found = SmallRun.BitsOf(Within(long.MaxValue, () => Pretraining.Run(cells, options)).Module);
        Assert.All(given, bits => Assert.Equal(bits.Value, found[bits.Key]));
    }

    [Fact]
    public void A_cell_that_does_not_fit_is_refused_with_what_it_needs()
    {
        var error = Assert.Throws<ArgumentException>(() => Within(1000, () => Pretraining.Run(TaskCells.First(40), new() { LeastCells = 15 })));
        Assert.Matches(@"^A training step of one cell needs [\d.]+ MiB and 1000 B are allowed; expected more memory", error.Message);
    }

    [Fact]
    public void A_run_that_is_taken_up_keeps_the_batch_that_was_found_for_it()
    {
        using var folder = new TemporaryFolder();
        var (cells, checkpoint) = (TaskCells.First(60), folder.File("run"));
        var options = new PretrainingOptions { LeastCells = 20, Training = new() { Epochs = 3, Patience = 0 } };
        using var stop = new CancellationTokenSource();
        var (steps, first) = (0, Array.Empty<double>());
        var told = new Told(told =>
        {
            steps = told.TotalSteps;
            first = [.. first, told.Loss];
            if (told.Step == 2)
            {
                stop.Cancel();
            }
        });
        Within(24 * Mebibyte, () => Pretraining.Run(cells, options, checkpoint, told, stop.Token), fills: true);
        var resumed = Within(100 * Mebibyte, () => Pretraining.Run(cells, options, checkpoint), fills: true).Report!.Run; // in which other batches would fit
        Assert.Equal(steps, resumed.Steps);
        Assert.Equal(first[..2], resumed.Losses.Take(2));
    }

    [Fact]
    public void A_model_whose_norm_looks_at_the_batch_gets_no_batch_of_a_single_cell()
    {
        var cells = TaskCells.First(60);
        var options = new ScViOptions { Config = new() { Hidden = 16 }, Epochs = 1 };
        var run = Within(1L << 40, () => ScViModel.Train(cells, options), fills: true).Report!.Run;
        Assert.Equal(1, run.Steps);
        var error = Assert.Throws<ArgumentException>(() => Within(1000, () => ScViModel.Train(cells, options)));
        Assert.StartsWith("A training step of 2 cells needs ", error.Message);

        var task = new LineTask(54) { FewestCells = 2 };
        Assert.All(Enumerable.Range(2, 60).Select(most => LargestBatch.Fit(task, new() { BatchSize = most }, new(1L << 40))), found => Assert.NotEqual(1, 54 % found.BatchSize));
    }

    private static T Within<T>(long bytes, Func<T> train, bool fills = false)
    {
        using var budget = MemoryBudget.Use(new(bytes, fills));
        return train();
    }
}
