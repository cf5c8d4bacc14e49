using ScFm.Model.Launching;
using ScFm.Torch.Extras.Distributed;
using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Training;

/// <summary>The processes that train a model together, and how.</summary>
/// <remarks>It is made of a group of processes, which TorchSharp's package does not have; where the sources are built against that, there is none to be made.</remarks>
/// <example><code>
/// using var group = ProcessGroup.Join(rendezvous, CPU);
/// Trainer.Run(task, options, checkpoint, ranks: new TrainingRanks(group));
/// </code></example>
public sealed class TrainingRanks : IDisposable
{
    private static readonly TimeSpan leaving = TimeSpan.FromSeconds(5);

    private readonly ProcessGroup group;
    private readonly RankOptions options;

    /// <summary>Makes the description.</summary>
    /// <param name="group">The processes. A collective waits no longer than the group's timeout: it has to be longer than a validation and the writing of a checkpoint.</param>
    /// <param name="options">How they train together. Default: those of <see cref="RankOptions"/>.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public TrainingRanks(ProcessGroup group, RankOptions? options = null) => (this.group, this.options) = (group, Options.Validate(options ?? new RankOptions()));

    /// <summary>True for the one that reads and writes files and reports.</summary>
    public bool IsFirst => group.Rank == 0;

    /// <summary>What a user should know of the group, in one sentence; null where there is nothing.</summary>
    public string? Note { get; private init; }

    /// <summary>Joins the ranks that a launcher started.</summary>
    /// <param name="environment">What the launcher says.</param>
    /// <param name="device">Where this rank computes: NCCL joins CUDA devices where libtorch has it, otherwise Gloo.</param>
    /// <param name="timeout">How long ranks wait for each other, in joining and later.</param>
    /// <param name="options">How they train together. Default: those of <see cref="RankOptions"/>.</param>
    /// <exception cref="IOException">Rank 0 cannot listen on the port.</exception>
    /// <exception cref="TimeoutException">Some ranks did not come; the message names them.</exception>
    public static TrainingRanks Join(RankEnvironment environment, Device device, TimeSpan timeout, RankOptions? options = null)
    {
        var group = ProcessGroup.Join(new Rendezvous(environment.Rank, environment.WorldSize, environment.Host, environment.Port, timeout), device);
        return new TrainingRanks(group, options)
        {
            Note = NoteOf(device.type, group.Backend),
        };
    }

    /// <summary>Tells the others that this one goes no further, where they wait for an answer of it; its connections stay until its process ends.</summary>
    public void GiveUp() => TellWhoIsLeft(() => RankQuestions.SayGone(group));

    /// <summary>Leaves the group.</summary>
    public void Dispose()
    {
        TellWhoIsLeft(() =>
        {
            RankQuestions.SayGone(group);
            group.Put(Left(group.Rank), [1]);
            for (var rank = 1; rank < group.Size && IsFirst; rank++)
            {
                group.Take(Left(rank), leaving); // the store ends with the first of them
            }
        });
        group.Dispose();
    }

    /// <summary>What is to be known of ranks that compute on a device and exchange tensors through a library; null where there is nothing.</summary>
    internal static string? NoteOf(DeviceType device, Backend backend) => device == DeviceType.CUDA && backend == Backend.Gloo
        ? "This libtorch has no NCCL, so the ranks exchange tensors through Gloo, by way of the machine's memory."
        : null;

    /// <summary>The number of ranks.</summary>
    internal int Size => group.Size;

    /// <summary>Begins a run that a token may end, where all are about the same.</summary>
    /// <exception cref="InvalidOperationException">A rank has another version, task or options; the message names the first difference.</exception>
    internal IRanks Begin(ITrainingTask task, TrainingOptions training, CancellationToken cancellation)
    {
        Require([.. RankFact.OfThisProgram(), .. RankFact.Of(training), .. RankFact.Of(options), new("What is trained", task.Identity), .. RankFact.Of(task.Module)]);
        return new ProcessRanks(group, options, cancellation);
    }

    /// <summary>Makes sure that all ranks say the same.</summary>
    /// <exception cref="InvalidOperationException">One does not; the message names the first difference.</exception>
    internal void Require(params RankFact[] facts) => RankAgreement.Require(group, facts);

    /// <summary>The smallest of all ranks' numbers, which may take long to find; where one finds none, all end.</summary>
    internal int Least(Func<int> own) => RankQuestions.Ask(group, own, all => all.Min());

    /// <summary>What the first rank says, to all; only there is it asked.</summary>
    internal T? OfFirst<T>(Func<T?> said) => RankQuestions.Ask(group, () => IsFirst ? said() : default, all => all[0]);

    private static void TellWhoIsLeft(Action tell)
    {
        try
        {
            tell();
        }
        catch (Exception error) when (error is IOException or TimeoutException)
        {
            // The others are gone already.
        }
    }

    private static string Left(int rank) => FormattableString.Invariant($"left/{rank}");
}
