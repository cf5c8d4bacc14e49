using ScFm.Model.Models.ScFoundation;
using ScFm.Model.Training;
using ScFm.Torch.Extras.Distributed;
using TorchSharp;

/// <summary>A pretraining on simulated cells, as one rank of it sees it; in a process of its own.</summary>
internal static class Ours
{
    private const int TrainingCells = 256;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Pretrains with one thread.</summary>
    /// <param name="preset">The size.</param>
    /// <param name="cells">Cells of a step, over all ranks.</param>
    /// <param name="warming">Steps that are not timed, 1 or more.</param>
    /// <param name="steps">Steps behind them, which are.</param>
    /// <param name="rank">This rank.</param>
    /// <param name="ranks">Number of ranks.</param>
    /// <param name="port">Where they meet.</param>
    public static RankMeasurement Train(string preset, int cells, int warming, int steps, int rank, int ranks, int port)
    {
        torch.set_num_threads(1);
        using var group = ranks > 1 ? ProcessGroup.Join(new Rendezvous(rank, ranks, "127.0.0.1", port, Patience), torch.CPU) : null;
        var clock = new StepClock(group, warming);
        var training = new TrainingOptions { BatchSize = cells, Steps = warming + steps, WarmUpSteps = 1, ValidateEvery = int.MaxValue, Patience = 0 };
        var model = Pretraining.Run(
            new SimulatedCells(TrainingCells), new PretrainingOptions { Preset = preset, WarmStart = false, MostHeldOut = 1, LeastCells = 1, Training = training },
            progress: clock, ranks: group is null ? null : new TrainingRanks(group));
        group?.Barrier();
        var run = model.Report!.Run;
        return new(clock.Seconds, cells, run.Flops / run.Steps, model.Module.parameters().Sum(p => p.numel()), clock.Sent, clock.Carried, run.Losses[^1]);
    }
}
