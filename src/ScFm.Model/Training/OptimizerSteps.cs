using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ScFm.Model.Training;

/// <summary>The optimizer's steps over the parameters that are trained.</summary>
internal sealed class OptimizerSteps : IDisposable
{
    private readonly ITrainingTask task;
    private readonly TrainingOptions options;
    private readonly int totalSteps;
    private readonly Parameter[] trained;

    /// <summary>Makes the optimizer.</summary>
    /// <exception cref="ArgumentException">Every parameter is frozen.</exception>
    public OptimizerSteps(ITrainingTask task, TrainingOptions options, int totalSteps)
    {
        (this.task, this.options, this.totalSteps) = (task, options, totalSteps);
        trained = [.. task.Module.parameters().Where(parameter => parameter.requires_grad)];
        if (trained.Length == 0)
        {
            throw new ArgumentException("All parameters are frozen; expected at least one that is trained.");
        }
        Optimizer = task.Optimizer(trained, options);
    }

    /// <summary>The optimizer; it keeps a state for the trained parameters only.</summary>
    public optim.Optimizer Optimizer { get; }

    /// <summary>Where the parameters lie.</summary>
    public Device Device => trained[0].device;

    /// <summary>One step over the averaged gradients of some batches.</summary>
    /// <param name="batches">The batches.</param>
    /// <param name="next">The batch that the next step begins with; null where it is not known.</param>
    /// <param name="epoch">The epoch.</param>
    /// <param name="state">Counts the step.</param>
    public StepCost Take(int[][] batches, int[]? next, int epoch, TrainingState state)
    {
        using var scope = NewDisposeScope();
        task.Module.train();
        Optimizer.zero_grad();
        var (sum, tokens, flops, cells) = (0.0, 0L, 0.0, batches.Sum(batch => batch.Length));
        for (var i = 0; i < batches.Length; i++)
        {
            var (batch, following) = (batches[i], i + 1 < batches.Length ? batches[i + 1] : next);
            using var inner = NewDisposeScope();
            var found = task.Loss(batch, epoch);
            if (following is not null)
            {
                task.Expect(following);
            }
            var share = (double)batch.Length / cells;
            (found.Loss * share).backward();
            sum += found.Loss.item<float>() * share;
            (tokens, flops) = (tokens + found.Tokens, flops + found.Flops);
        }
        Divergence.Check(sum, $"The loss of step {state.Step + 1}", options);
        if (options.ClipValue > 0)
        {
            nn.utils.clip_grad_value_(trained, options.ClipValue);
        }
        if (options.ClipNorm > 0)
        {
            nn.utils.clip_grad_norm_(trained, options.ClipNorm);
        }
        foreach (var group in Optimizer.ParamGroups)
        {
            group.LearningRate = Schedule.LearningRate(options, state.Step, totalSteps);
        }
        Optimizer.step();
        state.Step++;
        state.Losses.Add(sum);
        state.Flops += flops;
        return new StepCost(cells, tokens, flops);
    }

    public void Dispose() => Optimizer.Dispose();
}
