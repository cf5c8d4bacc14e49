using System.Diagnostics;
using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Training;

/// <summary>The training loop, one for every model.</summary>
public sealed class Trainer
{
    private readonly ITrainingTask task;
    private readonly TrainingOptions options;
    private readonly string? checkpoint;
    private readonly optim.Optimizer optimizer;
    private readonly int stepsInEpoch;
    private readonly int totalSteps;
    private TrainingState state = new();
    private Dictionary<string, Tensor> best = [];

    private Trainer(ITrainingTask task, TrainingOptions options, string? checkpoint)
    {
        (this.task, this.options, this.checkpoint) = (task, options, checkpoint);
        var cellsInStep = (long)options.BatchSize * options.Accumulation;
        stepsInEpoch = (int)((task.Lengths.Length + cellsInStep - 1) / cellsInStep);
        var steps = (long)options.Epochs * stepsInEpoch;
        totalSteps = steps <= int.MaxValue
            ? (int)steps
            : throw new ArgumentException($"{options.Epochs} epochs of {stepsInEpoch} steps are {steps} steps; expected at most {int.MaxValue}: take fewer epochs or larger batches.");
        optimizer = task.Optimizer(options);
    }

    /// <summary>Trains the task's module in place.</summary>
    /// <param name="task">Module, examples and loss.</param>
    /// <param name="options">How to train.</param>
    /// <param name="checkpoint">A file that is written now and then and at the end; where it exists, the run goes on from it, to the same weights as a run that was never stopped. Default: none.</param>
    /// <param name="progress">Told after every step. Default: nobody.</param>
    /// <param name="cancellation">Ends the run after the step under way; nothing is lost.</param>
    /// <returns>What was done. The module holds the best weights where patience is set and the run ended, otherwise the last.</returns>
    /// <exception cref="ArgumentException">An option is out of range, or there are no training cells.</exception>
    /// <exception cref="InvalidDataException">The checkpoint belongs to another run.</exception>
    /// <exception cref="ArithmeticException">A loss is not finite: the training has diverged.</exception>
    public static TrainingRun Run(
        ITrainingTask task, TrainingOptions options, string? checkpoint = null, IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        Options.Validate(options);
        if (task.Lengths.Length == 0)
        {
            throw new ArgumentException("There are 0 training cells; expected at least one.");
        }
        using var scope = NewDisposeScope();
        var trainer = new Trainer(task, options, checkpoint);
        using (trainer.optimizer)
        {
            return trainer.Continue(progress, cancellation);
        }
    }

    private TrainingRun Continue(IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        Resume();
        var (watch, cells, tokens) = (Stopwatch.StartNew(), 0L, 0L);
        int[][] batches = [];
        var epochOfBatches = -1;
        TrainingEnd? end = null;
        string? failure = null;
        while (end is null)
        {
            if (ValidationIsDue && Validate(cancellation) is { } validation)
            {
                Report(validation);
            }
            if (cancellation.IsCancellationRequested)
            {
                end = TrainingEnd.Interrupted;
            }
            else if (state.StoppedEarly)
            {
                end = TrainingEnd.StoppedEarly;
            }
            else if (state.Step == totalSteps)
            {
                end = TrainingEnd.Finished;
            }
            else
            {
                var epoch = state.Step / stepsInEpoch;
                if (epoch != epochOfBatches)
                {
                    batches = BatchPlan.Shuffled(task.Lengths, options.BatchSize, Seeds.For(options.Seed, epoch));
                    epochOfBatches = epoch;
                }
                var first = state.Step % stepsInEpoch * options.Accumulation;
                var parts = batches[first..Math.Min(first + options.Accumulation, batches.Length)];
                try
                {
                    tokens += Step(parts, epoch);
                }
                catch (ExternalException e) when (state.Step > 0) // such as a batch too large for the memory: what was learnt before it is kept
                {
                    (end, failure) = (TrainingEnd.Failed, e.Message);
                    continue;
                }
                cells += parts.Sum(p => p.Length);
                Report(double.NaN);
                if (state.Step % options.CheckpointEvery == 0)
                {
                    Save();
                }
            }
        }
        if (end != TrainingEnd.Failed) // after half a step the random state is no longer that of the position
        {
            Save();
        }
        if (end is TrainingEnd.Finished or TrainingEnd.StoppedEarly && best.Count > 0)
        {
            task.Module.load_state_dict(best);
        }
        task.Module.eval();
        var elapsed = watch.Elapsed;
        return new TrainingRun
        {
            End = end.Value,
            Failure = failure,
            Steps = state.Step,
            Losses = state.Losses,
            Validations = [.. state.ValidationSteps.Zip(state.ValidationLosses)],
            Elapsed = elapsed,
            CellsPerSecond = cells / elapsed.TotalSeconds,
            TokensPerSecond = tokens / elapsed.TotalSeconds,
        };

        void Report(double validation) => progress?.Report(new TrainingProgress
        {
            Step = state.Step,
            TotalSteps = totalSteps,
            Epoch = Math.Max(0, state.Step - 1) / stepsInEpoch,
            Loss = state.Losses.LastOrDefault(double.NaN),
            ValidationLoss = validation,
            CellsPerSecond = cells / watch.Elapsed.TotalSeconds,
            TokensPerSecond = tokens / watch.Elapsed.TotalSeconds,
        });
    }

    /// <summary>One optimizer step over the averaged gradients of some batches; returns their encoder tokens.</summary>
    private long Step(int[][] parts, int epoch)
    {
        using var scope = NewDisposeScope();
        task.Module.train();
        optimizer.zero_grad();
        var (sum, tokens, cells) = (0.0, 0L, parts.Sum(p => p.Length));
        foreach (var part in parts)
        {
            using var inner = NewDisposeScope();
            var (loss, partTokens) = task.Loss(part, epoch);
            var share = (double)part.Length / cells;
            (loss * share).backward();
            sum += loss.item<float>() * share;
            tokens += partTokens;
        }
        RequireFinite(sum, $"The loss of step {state.Step + 1}");
        if (options.ClipNorm > 0)
        {
            nn.utils.clip_grad_norm_(task.Module.parameters(), options.ClipNorm);
        }
        foreach (var group in optimizer.ParamGroups)
        {
            group.LearningRate = Schedule.LearningRate(options, state.Step, totalSteps);
        }
        optimizer.step();
        state.Step++;
        state.Losses.Add(sum);
        return tokens;
    }

    /// <summary>True where the held-out loss is wanted at this step and not yet known; so a run that was stopped while validating validates first.</summary>
    private bool ValidationIsDue
    {
        get
        {
            var every = options.ValidateEvery > 0 ? options.ValidateEvery : stepsInEpoch;
            var wanted = state.Step > 0 && (state.Step % every == 0 || state.Step == totalSteps);
            return wanted && state.ValidationSteps.LastOrDefault() != state.Step;
        }
    }

    /// <summary>The held-out loss; null where it was cancelled.</summary>
    private double? Validate(CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        task.Module.eval();
        var loss = task.Validate(cancellation);
        if (cancellation.IsCancellationRequested)
        {
            return null; // half a validation says nothing
        }
        RequireFinite(loss, $"The held-out loss after step {state.Step}");
        var isBest = state.ValidationLosses.Count == 0 || loss < state.ValidationLosses.Min();
        state.ValidationSteps.Add(state.Step);
        state.ValidationLosses.Add(loss);
        state.SinceBest = isBest ? 0 : state.SinceBest + 1;
        state.StoppedEarly = options.Patience > 0 && state.SinceBest >= options.Patience;
        if (isBest && options.Patience > 0)
        {
            foreach (var old in best.Values)
            {
                old.Dispose();
            }
            best = task.Module.state_dict().ToDictionary(p => p.Key, p => p.Value.detach().clone().MoveToOuterDisposeScope());
        }
        return loss;
    }

    /// <summary>Ends a run that has diverged; the last checkpoint is from before that.</summary>
    private void RequireFinite(double loss, string what)
    {
        if (!double.IsFinite(loss))
        {
            throw new ArithmeticException(FormattableString.Invariant($"{what} is {loss}; expected a finite number: lower the learning rate, {options.LearningRate}."));
        }
    }

    private void Resume()
    {
        if (checkpoint is not null && File.Exists(checkpoint))
        {
            (state, best) = TrainingCheckpoint.Read(checkpoint, task, optimizer, options);
        }
    }

    private void Save()
    {
        if (checkpoint is not null)
        {
            TrainingCheckpoint.Write(checkpoint, task, best, optimizer, state, options);
        }
    }
}
