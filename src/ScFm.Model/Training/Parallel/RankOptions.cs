using System.ComponentModel.DataAnnotations;

namespace ScFm.Model.Training;

/// <summary>How several ranks train together. None of it changes what is learnt, so a checkpoint is taken up with any of it.</summary>
public sealed record RankOptions
{
    /// <summary>What each rank keeps a part of. Default: nothing.</summary>
    public ShardedState Sharding { get; init; }

    /// <summary>Gradients are sent together once they come to this many megabytes, 0.001 to 10,000: of small messages each waits for the network, of large ones the first leaves late. Default: 25, as in PyTorch.</summary>
    [Range(0.001, 10_000)] public double BucketMegabytes { get; init; } = 25;

    /// <summary>The same in bytes.</summary>
    internal long BucketBytes => (long)(BucketMegabytes * 1e6);
}
