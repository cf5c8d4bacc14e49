using System.Runtime.InteropServices;
using ScFm.Model.Nn;
using ScFm.Model.Devices;
using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Training;

/// <summary>Steps of a training that are taken for the memory they need, and taken back.</summary>
internal sealed class TrainingTrial
{
    private const int Steps = 2; // the optimizer's state is there from the first on, so that the second needs the most

    private readonly ITrainingTask task;
    private readonly TrainingOptions options;
    private readonly int[] longestFirst;
    private readonly Dictionary<int, long?> known = [];

    /// <summary>Prepares trials.</summary>
    /// <param name="task">What is trained.</param>
    /// <param name="options">How.</param>
    public TrainingTrial(ITrainingTask task, TrainingOptions options)
    {
        (this.task, this.options) = (task, options);
        Device = task.Module.parameters().First().device;
        var lengths = task.Lengths.ToArray();
        longestFirst = [.. Enumerable.Range(0, lengths.Length).OrderByDescending(cell => lengths[cell])];
    }

    /// <summary>Where it is trained.</summary>
    public Device Device { get; }

    /// <summary>Bytes that a step on the longest cells needs together with all weights, gradients, the optimizer's state and, with patience, the best weights; null where they are not there.</summary>
    /// <param name="cells">Number of cells; where it is more than there are, some stand in the batch more than once.</param>
    public long? Needs(int cells)
    {
        if (!known.TryGetValue(cells, out var needed))
        {
            known[cells] = needed = Try(cells);
        }
        return needed;
    }

    private long? Try(int cells)
    {
        using var scope = NewDisposeScope();
        MatmulPeak.Of(Device, task.Precision); // the loop asks for it, and its matrices are no part of a step
        var (weights, random) = (task.Module.state_dict().ToDictionary(p => p.Key, p => p.Value.detach().cpu().clone()), GeneratorState.Get(Device));
        using var unlimited = MemoryBudget.Use(null);
        try
        {
            var held = Bytes([task.Module, .. task.Beside]) + (options.Patience > 0 ? Bytes([task.Module]) : 0);
            string? failure = null;
            var peak = PeakMemory.Of(Device, () => failure = Trainer.Run(
                new LongestCells(task, [.. Enumerable.Range(0, cells).Select(i => longestFirst[i % longestFirst.Length])]), options with { BatchSize = cells, Accumulation = 1, Steps = Steps, ValidateEvery = int.MaxValue, Patience = 0 }).Failure);
            return failure is null ? held + peak : throw new ExternalException(failure); // after a first step the loop tells what it would have thrown before
        }
        catch (ExternalException error) when (MemoryShortage.Is(error))
        {
            return null;
        }
        finally
        {
            task.Module.zero_grad();
            task.Module.load_state_dict(weights);
            GeneratorState.Set(Device, random);
        }
    }

    /// <summary>Bytes of what some modules hold together.</summary>
    private static long Bytes(IEnumerable<nn.Module> modules) =>
        modules.SelectMany(module => module.state_dict().Values).DistinctBy(tensor => tensor.Handle).Sum(tensor => tensor.numel() * tensor.element_size());

    /// <summary>The task with one batch an epoch, the same each time, and nothing held out.</summary>
    private sealed class LongestCells(ITrainingTask task, int[] cells) : ITrainingTask
    {
        public nn.Module Module => task.Module;

        public string Identity => task.Identity;

        public Precision Precision => task.Precision;

        public ReadOnlySpan<int> Lengths => task.Lengths;

        public int EpochLength => cells.Length;

        public int[][] Batches(int epoch, TrainingOptions options) => [cells];

        public BatchLoss Loss(ReadOnlySpan<int> wanted, int epoch) => task.Loss(wanted, epoch);

        public optim.Optimizer Optimizer(IEnumerable<TorchSharp.Modules.Parameter> trained, TrainingOptions options) => task.Optimizer(trained, options);

        public double Validate(CancellationToken cancellation) => 0;
    }
}
