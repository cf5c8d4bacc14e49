#if TORCH_EXTRAS
using ScFm.Torch.Extras.Distributed;
#endif

namespace ScFm.Model.Training;

/// <summary>The processes that train a model together, and how.</summary>
/// <remarks>It is made of a group of processes, which TorchSharp's package does not have; where the sources are built against that, there is none to be made.</remarks>
/// <example><code>
/// using var group = ProcessGroup.Join(rendezvous, CPU);
/// Trainer.Run(task, options, checkpoint, ranks: new TrainingRanks(group));
/// </code></example>
public sealed class TrainingRanks
{
#if TORCH_EXTRAS
    private readonly ProcessGroup group;
    private readonly RankOptions options;

    /// <summary>Makes the description.</summary>
    /// <param name="group">The processes. A collective waits no longer than the group's timeout: it has to be longer than a validation and the writing of a checkpoint.</param>
    /// <param name="options">How they train together. Default: those of <see cref="RankOptions"/>.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public TrainingRanks(ProcessGroup group, RankOptions? options = null) => (this.group, this.options) = (group, Options.Validate(options ?? new RankOptions()));

    /// <summary>For a run that a token may end.</summary>
    internal IRanks With(CancellationToken cancellation) => new ProcessRanks(group, options, cancellation);
#else
    private TrainingRanks()
    {
    }

    internal IRanks With(CancellationToken cancellation) => new SoleRank(cancellation);
#endif
}
