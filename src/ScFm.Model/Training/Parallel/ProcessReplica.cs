using ScFm.Torch.Extras.Distributed;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ScFm.Model.Training;

/// <summary>One rank's copy of a model.</summary>
internal sealed class ProcessReplica : IReplica
{
    private const long Draws = 0x5241; // the purpose of the seeds of the ranks behind the first
    private const double Tiny = 1e-6; // that a norm is never 0, as in PyTorch

    private readonly ProcessRanks ranks;
    private readonly nn.Module module;
    private readonly IReadOnlyList<Parameter> trained;
    private readonly int[]? owners;
    private readonly int[][] plan;
    private readonly GradientBucket[] buckets;
    private readonly GradientExchange exchange;
    private readonly bool isGradientSharded;
    private readonly bool[] hasGradient;

    /// <summary>Makes the copy.</summary>
    /// <param name="ranks">The ranks.</param>
    /// <param name="group">The same, to send gradients.</param>
    /// <param name="options">How they train together.</param>
    /// <param name="module">The model.</param>
    /// <param name="trained">Its trained parameters.</param>
    public ProcessReplica(ProcessRanks ranks, ProcessGroup group, RankOptions options, nn.Module module, IReadOnlyList<Parameter> trained)
    {
        (this.ranks, this.module, this.trained, hasGradient) = (ranks, module, trained, new bool[trained.Count]);
        owners = options.Sharding == ShardedState.None ? null : Owners.Of([.. trained.Select(parameter => parameter.numel())], group.Size);
        isGradientSharded = options.Sharding == ShardedState.OptimizerAndGradients;
        plan = BucketPlan.Of([.. trained.Select(FlatTensors.Bytes)], [.. trained.Select((parameter, i) => (OwnerOf(i), parameter.dtype))], options.BucketBytes);
        buckets = Array.ConvertAll(plan, places => new GradientBucket([.. places.Select(i => trained[i])], isGradientSharded ? OwnerOf(places[0]) : null, group));
        exchange = new GradientExchange(buckets);
    }

    public int? OwnerOf(int parameter) => owners?[parameter];

    /// <summary>Buffers become the first rank's. The others draw random numbers of their own, which depend on seed, rank and step alone, so that a run that was stopped draws the same.</summary>
    public void Begin(int step, int seed)
    {
        foreach (var parameter in trained)
        {
            parameter.grad = null;
        }
        ranks.Spread(module.buffers());
        if (ranks.Rank > 0)
        {
            manual_seed(Seeds.For(seed, Draws, ranks.Rank, step).NextInt64());
        }
        exchange.Begin();
    }

    public void ExpectLastPass() => exchange.ExpectLastPass();

    public StepSums Sum(Func<StepSums> passes)
    {
        var (own, failure) = (default(StepSums), default(Exception));
        try
        {
            own = passes();
            exchange.Complete();
        }
        catch (Exception e) when (e is not RankLostException)
        {
            failure = e; // the others wait for this rank's gradients, and are told then
            exchange.Abandon();
        }
        var ranksWith = buckets.SelectMany(bucket => bucket.HadGradient, (_, had) => had ? 1.0 : 0.0); // summed over the ranks: how many
        var sums = ranks.Sum([.. own.ToArray(), .. ranksWith], failure);
        ForgetUnused(sums.AsSpan(StepSums.Length));
        return StepSums.Of(sums);
    }

    public void Clip(double norm)
    {
        if (!isGradientSharded)
        {
            nn.utils.clip_grad_norm_(trained, norm);
            return;
        }
        var own = nn.utils.clip_grad_norm_(trained, double.PositiveInfinity); // changes nothing
        var factor = norm / (Math.Sqrt(ranks.Sum(own * own)[0]) + Tiny);
        if (factor < 1)
        {
            Gradients.Scale(trained, factor);
        }
    }

    public void End()
    {
        if (owners is not null)
        {
            ranks.Spread(plan.Select(places => (places.Select(i => (Tensor)trained[i]).ToArray(), owners[places[0]])));
        }
    }

    public void Dispose() => exchange.Dispose();

    /// <summary>A parameter that no rank has ever had a gradient of is left as it is, as by one process: it does not decay.</summary>
    /// <param name="ranksWith">How many ranks had a gradient of it, in the order of the buckets.</param>
    private void ForgetUnused(ReadOnlySpan<double> ranksWith)
    {
        var at = 0;
        foreach (var i in plan.SelectMany(places => places))
        {
            hasGradient[i] |= ranksWith[at++] > 0;
            if (!hasGradient[i])
            {
                trained[i].grad = null;
            }
        }
    }
}
