using ScFm.Model.Launching;
#if TORCH_EXTRAS
using System.Runtime.CompilerServices;
using ScFm.Torch.Extras.Distributed;
using TorchSharp;
#endif
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
#if TORCH_EXTRAS
    private static readonly TimeSpan leaving = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan patience = TimeSpan.FromMinutes(30);
    private static readonly ConditionalWeakTable<ProcessGroup, StrongBox<int>> runs = []; // a group may be described more than once, and agrees on each thing once

    private readonly ProcessGroup group;
    private readonly RankOptions options;
    private int questions;

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
            Note = device.type == DeviceType.CUDA && group.Backend == Backend.Gloo ? "This libtorch has no NCCL, so the ranks exchange tensors through Gloo, by way of the machine's memory." : null,
        };
    }

    /// <summary>Leaves the group.</summary>
    public void Dispose()
    {
        try
        {
            group.Put(Left(group.Rank), [1]);
            for (var rank = 1; rank < group.Size && IsFirst; rank++)
            {
                group.Take(Left(rank), leaving); // the store ends with the first of them
            }
        }
        catch (Exception error) when (error is IOException or TimeoutException)
        {
            // The others are gone already.
        }
        group.Dispose();
    }

    /// <summary>Begins a run that a token may end, where all are about the same.</summary>
    /// <exception cref="InvalidOperationException">A rank has another version, task or options; the message names the first difference.</exception>
    internal IRanks Begin(ITrainingTask task, TrainingOptions training, CancellationToken cancellation)
    {
        RankAgreement.Require(group, FormattableString.Invariant($"training {runs.GetOrCreateValue(group).Value++}"),
            [.. RankFact.OfThisProgram(), .. RankFact.Of(training), .. RankFact.Of(options), new("What is trained", task.Identity), .. RankFact.Of(task.Module)]);
        return new ProcessRanks(group, options, cancellation);
    }

    /// <summary>The number of ranks.</summary>
    internal int Size => group.Size;

    /// <summary>The smallest of all ranks' numbers; they may take long to find theirs.</summary>
    internal int Least(int own)
    {
        var question = FormattableString.Invariant($"least {questions++}");
        string Of(int rank) => FormattableString.Invariant($"{question}/{rank}");
        group.Put(Of(group.Rank), BitConverter.GetBytes(own));
        return Enumerable.Range(0, group.Size).Min(rank => BitConverter.ToInt32(group.Take(Of(rank), patience)));
    }

    private static string Left(int rank) => FormattableString.Invariant($"left/{rank}");
#else
    private TrainingRanks()
    {
    }

    /// <summary>Nothing.</summary>
    public string? Note => null;

    /// <summary>Refuses: TorchSharp's package joins no ranks.</summary>
    public static TrainingRanks Join(RankEnvironment environment, Device device, TimeSpan timeout, RankOptions? options = null) =>
        throw new NotSupportedException($"{environment.Launcher} has started {environment.WorldSize} ranks, and TorchSharp's package joins none; expected one process, or ScFm built over the machine's libtorch.");

    /// <summary>Nothing is left.</summary>
    public void Dispose()
    {
    }

    /// <summary>True: this process is alone.</summary>
    public bool IsFirst => true;

    internal IRanks Begin(ITrainingTask task, TrainingOptions training, CancellationToken cancellation) => new SoleRank(cancellation);

    internal int Size => 1;

    internal int Least(int own) => own;
#endif
}
