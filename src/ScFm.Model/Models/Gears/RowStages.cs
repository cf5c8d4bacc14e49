using ScFm.Model.Nn;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ScFm.Model.Models.Gears;

/// <summary>
/// Takes the rows of a batch through stages that end in batch norms, all at once or some cells at a time. In parts, the norms still see the whole batch:
/// the moments before a norm are gathered over the parts before any part goes through it, so that results and gradients are those of the whole batch up to
/// rounding. Nothing of a part is kept but its arguments: for every norm it is computed once more up to there, forward and backward.
/// </summary>
/// <param name="owner">The module whose parameters are used.</param>
/// <param name="start">Makes a part's first rows of its arguments.</param>
/// <param name="trunk">The stages that all rows go through.</param>
/// <param name="branches">What is made of the rows behind the trunk: further stages, and a result [cells, ...] of their last rows.</param>
internal sealed class RowStages(
    nn.Module owner, Func<IReadOnlyList<Tensor>, Tensor> start, IReadOnlyList<RowStage> trunk, params IReadOnlyList<(RowStage[] Stages, Func<Tensor, Tensor> Last)> branches)
{
    /// <summary>The results of the branches, each of all cells.</summary>
    /// <param name="parts">The arguments of each part.</param>
    public IReadOnlyList<Tensor> Run(IReadOnlyList<IReadOnlyList<Tensor>> parts)
    {
        if (owner.training && parts.Count > 1)
        {
            return Gathered(parts);
        }
        Tensor[][] results = [.. parts.Select(AtOnce)];
        return [.. branches.Select((_, branch) => cat([.. results.Select(part => part[branch])]))];
    }

    private Tensor[] AtOnce(IReadOnlyList<Tensor> arguments)
    {
        var rows = Through(start(arguments), trunk);
        return [.. branches.Select(branch => branch.Last(Through(rows, branch.Stages)))];

        Tensor Through(Tensor rows, IEnumerable<RowStage> stages) =>
            stages.Aggregate(rows, (rows, stage) => Dense.BatchNorm(stage.Before(rows, arguments), stage.Norm, stage.Relu));
    }

    private Tensor[] Gathered(IReadOnlyList<IReadOnlyList<Tensor>> parts)
    {
        var shared = new List<Tensor>();
        Gather(parts, trunk, shared);
        return [.. branches.Select(branch =>
        {
            RowStage[] stages = [.. trunk, .. branch.Stages];
            var moments = new List<Tensor>(shared);
            Gather(parts, stages, moments);
            return cat([.. parts.Select(part => ActivationCheckpoint.Run(owner, arguments => [branch.Last(Normed(arguments, part.Count, stages))], [.. part, .. moments])[0])]);
        })];
    }

    /// <summary>Gathers mean and variance of the norms that have none yet.</summary>
    private void Gather(IReadOnlyList<IReadOnlyList<Tensor>> parts, IReadOnlyList<RowStage> stages, List<Tensor> moments)
    {
        for (var i = moments.Count / 2; i < stages.Count; i++)
        {
            var (stage, reached, rows) = (stages[i], stages.Take(i).ToArray(), new long[parts.Count]);
            var found = parts.Select((part, at) => ActivationCheckpoint.Run(owner, arguments =>
            {
                var before = stage.Before(Normed(arguments, part.Count, reached), arguments);
                rows[at] = before.shape[0];
                var mean = before.mean([0L]);
                return [mean, (before - mean).square().mean([0L])];
            }, [.. part, .. moments])).ToArray();
            var (mean, variance) = Joined(found, rows);
            Move(stage.Norm, mean, variance, rows.Sum());
            moments.AddRange([mean, variance]);
        }
    }

    /// <summary>The rows behind some norms whose moments stand behind the part's own arguments.</summary>
    private Tensor Normed(IReadOnlyList<Tensor> arguments, int own, RowStage[] stages)
    {
        var rows = start(arguments);
        for (var i = 0; i < stages.Length; i++)
        {
            var (mean, variance, norm) = (arguments[own + 2 * i], arguments[own + 2 * i + 1], stages[i].Norm);
            var scale = norm.weight! * (variance + norm.eps).rsqrt();
            rows = stages[i].Before(rows, arguments) * scale + (norm.bias! - mean * scale);
            rows = stages[i].Relu ? rows.relu() : rows;
        }
        return rows;
    }

    /// <summary>Mean and variance of the parts together.</summary>
    /// <remarks>Source: Chan et al. 1983, "Algorithms for computing the sample variance": no difference of large sums.</remarks>
    private static (Tensor Mean, Tensor Variance) Joined(IReadOnlyList<Tensor>[] parts, long[] rows)
    {
        var all = (double)rows.Sum();
        var mean = parts.Select((part, i) => part[0] * (rows[i] / all)).Aggregate((a, b) => a + b);
        return (mean, parts.Select((part, i) => (part[1] + (part[0] - mean).square()) * (rows[i] / all)).Aggregate((a, b) => a + b));
    }

    /// <summary>A norm, and ReLU where it follows, of rows each of which stands for several that are alike.</summary>
    /// <param name="rows">[N, width].</param>
    /// <param name="stage">The norm.</param>
    /// <param name="alike">For how many rows each stands: of the moments the running variance alone depends on it.</param>
    internal static Tensor OfAlike(Tensor rows, RowStage stage, long alike)
    {
        var norm = stage.Norm;
        if (!norm.training)
        {
            return Dense.BatchNorm(rows, norm, stage.Relu);
        }
        var (mean, variance) = (rows.mean([0L]), rows.var(0, unbiased: false));
        Move(norm, mean, variance, rows.shape[0] * alike);
        var scale = norm.weight! * (variance + norm.eps).rsqrt();
        var normed = rows * scale + (norm.bias! - mean * scale);
        return stage.Relu ? normed.relu() : normed;
    }

    /// <summary>Moves a norm's running statistics as the norm itself would.</summary>
    internal static void Move(BatchNorm1d norm, Tensor mean, Tensor variance, long rows)
    {
        using var unrecorded = no_grad();
        var momentum = norm.momentum!.Value;
        norm.num_batches_tracked!.add_(1);
        norm.running_mean!.mul_(1 - momentum).add_(mean * momentum);
        norm.running_var!.mul_(1 - momentum).add_(variance * (momentum * rows / Math.Max(1, rows - 1)));
    }
}
