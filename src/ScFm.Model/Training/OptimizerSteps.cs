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
    private readonly IRanks ranks;
    private readonly IReplica replica;
    private readonly Parameter[] trained;
    private readonly optim.Optimizer optimizer;

    /// <summary>Makes the optimizer.</summary>
    /// <exception cref="ArgumentException">Every parameter is frozen.</exception>
    public OptimizerSteps(ITrainingTask task, TrainingOptions options, int totalSteps, IRanks ranks)
    {
        (this.task, this.options, this.totalSteps, this.ranks) = (task, options, totalSteps, ranks);
        var named = task.Module.named_parameters().Where(named => named.parameter.requires_grad).ToArray();
        if (named.Length == 0)
        {
            throw new ArgumentException("All parameters are frozen; expected at least one that is trained.");
        }
        trained = Array.ConvertAll(named, named => named.parameter);
        replica = ranks.Replica(task.Module, trained);
        optimizer = task.Optimizer(trained.Where((_, i) => replica.OwnerOf(i) is not { } owner || owner == ranks.Rank), options);
        States = new OptimizerStates(optimizer, named, ranks, replica);
    }

    /// <summary>What the optimizers of all ranks keep, by the names of the trained parameters.</summary>
    public OptimizerStates States { get; }

    /// <summary>Where the parameters lie.</summary>
    public Device Device => trained[0].device;

    /// <summary>One step over the averaged gradients of some batches.</summary>
    /// <param name="batches">The batches; the ranks share out each.</param>
    /// <param name="next">The batch that the next step begins with; null where it is not known.</param>
    /// <param name="epoch">The epoch.</param>
    /// <param name="state">Counts the step.</param>
    public StepSums Take(int[][] batches, int[]? next, int epoch, TrainingState state)
    {
        using var scope = NewDisposeScope();
        task.Module.train();
        replica.Begin(state.Step, options.Seed);
        var cells = batches.Sum(batch => batch.Length);
        var isMean = batches.Length == 1 && ranks.Count == 1; // a single pass is its own mean; of several each counts by its weight to the cell, since the sum of weights is known only at the end
        var sums = replica.Sum(() => Passes(batches, next, epoch, weight => isMean ? 1 : weight / cells));
        var left = isMean ? 1 : cells / sums.Weight;
        var loss = sums.Loss * left;
        Divergence.Check(loss, $"The loss of step {state.Step + 1}", options);
        if (left != 1)
        {
            Gradients.Scale(trained, left);
        }
        if (options.ClipValue > 0)
        {
            nn.utils.clip_grad_value_(trained, options.ClipValue);
        }
        if (options.ClipNorm > 0)
        {
            replica.Clip(options.ClipNorm);
        }
        foreach (var group in optimizer.ParamGroups)
        {
            group.LearningRate = Schedule.LearningRate(options, state.Step, totalSteps);
        }
        optimizer.step();
        replica.End();
        state.Step++;
        state.Losses.Add(loss);
        state.Flops += sums.Flops;
        return sums;
    }

    public void Dispose()
    {
        optimizer.Dispose();
        replica.Dispose();
    }

    /// <summary>This rank's passes: its share of each batch.</summary>
    private StepSums Passes(int[][] batches, int[]? next, int epoch, Func<double, double> factor)
    {
        var sums = default(StepSums);
        for (var i = 0; i < batches.Length; i++)
        {
            var (cells, following) = (Share(batches[i]), i + 1 < batches.Length ? batches[i + 1] : next);
            if (i == batches.Length - 1)
            {
                replica.ExpectLastPass();
            }
            if (cells.Length == 0)
            {
                continue;
            }
            using var inner = NewDisposeScope();
            var found = task.Loss(cells, epoch);
            if (following is not null && Share(following) is { Length: > 0 } expected)
            {
                task.Expect(expected);
            }
            var weight = found.Weight ?? cells.Length;
            (found.Loss * factor(weight)).backward();
            sums += new StepSums(found.Loss.item<float>() * factor(weight), weight, cells.Length, found.Tokens, found.Flops);
        }
        return sums;
    }

    private int[] Share(int[] batch) => ranks.ShareOf(batch, task.FewestCells);
}
