using System.Runtime.InteropServices;
using ScFm.Model.Devices;
using static TorchSharp.torch;

namespace ScFm.Model.Training;

/// <summary>The training loop, one for every model.</summary>
public sealed class Trainer
{
    private readonly ITrainingTask task;
    private readonly TrainingOptions options;
    private readonly string? checkpoint;
    private readonly IProgress<TrainingProgress>? progress;
    private readonly int stepsInEpoch;
    private readonly int totalSteps;
    private readonly IRanks ranks;
    private readonly EarlyStopping heldOut;
    private TrainingState state = new();
    private bool isSaved;

    private Trainer(ITrainingTask task, TrainingOptions options, string? checkpoint, IProgress<TrainingProgress>? progress, IRanks ranks)
    {
        (this.task, this.options, this.checkpoint, this.progress, this.ranks) = (task, options, checkpoint, progress, ranks);
        stepsInEpoch = StepsInEpoch(task.EpochLength, options);
        var steps = options.StepsOf(stepsInEpoch);
        totalSteps = steps <= int.MaxValue
            ? (int)steps
            : throw new ArgumentException($"{options.Epochs} epochs of {stepsInEpoch} steps are {steps} steps; expected at most {int.MaxValue}: take fewer epochs or larger batches.");
        heldOut = new EarlyStopping(task, options, stepsInEpoch, totalSteps, ranks);
    }

    /// <summary>Trains the task's module in place, within <see cref="MemoryBudget.Current"/>.</summary>
    /// <param name="task">Module, examples and loss.</param>
    /// <param name="options">How to train.</param>
    /// <param name="checkpoint">A file that is written now and then and at the end; where it exists, the run goes on from it, to the same weights as a run that was never stopped. Default: none.</param>
    /// <param name="progress">Told after every step. Default: nobody.</param>
    /// <param name="cancellation">Ends the run after the step under way; nothing is lost.</param>
    /// <param name="ranks">
    /// The processes that train together: each calls this with the same task, options and begun module, and the run is that of one process, up to rounding. The batch
    /// stays what it is and is shared out; the first rank reads and writes its checkpoint and validates, while the others wait; the run ends for all when it is cancelled in one. Default: this process alone.
    /// </param>
    /// <returns>What was done. The module holds the best weights where patience is set and the run ended, otherwise the last.</returns>
    /// <exception cref="ArgumentException">An option is out of range, there are no training cells, every parameter is frozen, or the memory does not suffice for a step.</exception>
    /// <exception cref="InvalidDataException">The checkpoint belongs to another run.</exception>
    /// <exception cref="ArithmeticException">A loss is not finite: the training has diverged.</exception>
    public static TrainingRun Run(
        ITrainingTask task, TrainingOptions options, string? checkpoint = null, IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default,
        TrainingRanks? ranks = null)
    {
        Options.Validate(options);
        if (task.Lengths.Length == 0)
        {
            throw new ArgumentException("There are 0 training cells; expected at least one.");
        }
        using var scope = NewDisposeScope();
        options = LargestBatch.WithinBudget(task, options, checkpoint, cancellation, ranks);
        return new Trainer(task, options, checkpoint, progress, ranks?.Begin(task, options, cancellation) ?? new SoleRank(cancellation)).Run(cancellation);
    }

    /// <summary>The optimizer's steps in a pass over some training cells.</summary>
    public static int StepsInEpoch(int cells, TrainingOptions options)
    {
        var cellsInStep = (long)options.BatchSize * options.Accumulation;
        return (int)((cells + cellsInStep - 1) / cellsInStep);
    }

    private TrainingRun Run(CancellationToken cancellation)
    {
        using var steps = new OptimizerSteps(task, options, totalSteps, ranks);
        Begin(steps);
        var meter = new TrainingMeter(ranks.Sum(MatmulPeak.Of(steps.Device, task.Precision))[0]);
        var (end, failure) = Ended(steps, meter, cancellation);
        if (end != TrainingEnd.Failed) // after half a step the random state is no longer that of the position
        {
            Save(steps);
        }
        if (end is TrainingEnd.Finished or TrainingEnd.StoppedEarly && heldOut.Best.Count > 0)
        {
            task.Module.load_state_dict(heldOut.Best);
        }
        if (end != TrainingEnd.Failed)
        {
            ranks.Spread(task.Module.state_dict().Values);
        }
        task.Module.eval();
        return meter.RunOf(state, end, failure);
    }

    /// <summary>Takes the checkpoint up, where there is one; all ranks begin with the first one's weights.</summary>
    private void Begin(OptimizerSteps steps)
    {
        using var scope = NewDisposeScope(); // else weights and states would be held twice while the run lasts
        (TrainingState State, Dictionary<string, Tensor> Best, Dictionary<string, Tensor> States)? found = null;
        isSaved = ranks.OfFirst(() => checkpoint is not null); // all take part in gathering what the first writes
        var resumed = ranks.OfFirst(() =>
        {
            found = checkpoint is not null && File.Exists(checkpoint) ? TrainingCheckpoint.Read(checkpoint, task, steps.States.Kind, steps.States.Names, options) : null;
            return found?.State;
        });
        ranks.Spread(task.Module.state_dict().Values);
        if (resumed is not null)
        {
            state = resumed;
            steps.States.Scatter(found?.States ?? []);
            heldOut.Best = (found?.Best ?? []).ToDictionary(p => p.Key, p => p.Value.MoveToOuterDisposeScope());
        }
    }

    private (TrainingEnd End, string? Failure) Ended(OptimizerSteps steps, TrainingMeter meter, CancellationToken cancellation)
    {
        try
        {
            return Continue(steps, meter, cancellation);
        }
        finally
        {
            task.ExpectNothing();
        }
    }

    private (TrainingEnd End, string? Failure) Continue(OptimizerSteps steps, TrainingMeter meter, CancellationToken cancellation)
    {
        int[][] batches = [];
        var epochOfBatches = -1;
        while (true)
        {
            if (heldOut.IsDue(state) && heldOut.Validate(state, cancellation) is { } validation)
            {
                Report(meter, validation);
            }
            if (ranks.IsStopped)
            {
                return (TrainingEnd.Interrupted, null);
            }
            if (state.StoppedEarly)
            {
                return (TrainingEnd.StoppedEarly, null);
            }
            if (state.Step == totalSteps)
            {
                return (TrainingEnd.Finished, null);
            }
            var epoch = state.Step / stepsInEpoch;
            if (epoch != epochOfBatches)
            {
                batches = task.Batches(epoch, options);
                epochOfBatches = epoch;
            }
            var first = state.Step % stepsInEpoch * options.Accumulation;
            var behind = Math.Min(first + options.Accumulation, batches.Length);
            try
            {
                meter.Add(steps.Take(batches[first..behind], behind < batches.Length ? batches[behind] : null, epoch, state));
            }
            catch (ExternalException e) when (state.Step > 0) // such as a batch too large for the memory: what was learnt before it is kept
            {
                return (TrainingEnd.Failed, e.Message);
            }
            Report(meter, double.NaN);
            if (state.Step % options.CheckpointEvery == 0)
            {
                Save(steps);
            }
        }
    }

    private void Report(TrainingMeter meter, double validation) => progress?.Report(new TrainingProgress
    {
        Step = state.Step,
        TotalSteps = totalSteps,
        Epoch = Math.Max(0, state.Step - 1) / stepsInEpoch,
        Loss = state.Losses.LastOrDefault(double.NaN),
        ValidationLoss = validation,
        CellsPerSecond = meter.CellsPerSecond,
        TokensPerSecond = meter.TokensPerSecond,
        FlopsPerSecond = meter.FlopsPerSecond,
        PeakShare = meter.PeakShare,
    });

    private void Save(OptimizerSteps steps)
    {
        if (!isSaved)
        {
            return;
        }
        using var scope = NewDisposeScope();
        var states = steps.States.Gather();
        ranks.OfFirst(() =>
        {
            TrainingCheckpoint.Write(checkpoint!, task, heldOut.Best, steps.States.Kind, states, state, options);
            return true;
        });
    }
}
