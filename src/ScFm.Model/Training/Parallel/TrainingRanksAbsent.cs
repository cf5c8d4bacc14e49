#if !TORCH_EXTRAS
using ScFm.Model.Launching;
using static TorchSharp.torch;

namespace ScFm.Model.Training;

/// <summary>The TorchSharp package joins no processes: nobody can have one of these.</summary>
public sealed class TrainingRanks : IDisposable
{
    private const string Absent = "TorchSharp's package joins no ranks; expected ScFm built over the machine's libtorch.";

    private TrainingRanks()
    {
    }

    /// <summary>There are none.</summary>
    public bool IsFirst => throw new NotSupportedException(Absent);

    /// <summary>There are none.</summary>
    public string? Note => throw new NotSupportedException(Absent);

    internal int Size => throw new NotSupportedException(Absent);

    /// <summary>Refuses.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public static TrainingRanks Join(RankEnvironment environment, Device device, TimeSpan timeout, RankOptions? options = null) =>
        throw new NotSupportedException($"{environment.Launcher} has started {environment.WorldSize} ranks, and {Absent}");

    /// <summary>There is nobody to tell.</summary>
    public void GiveUp()
    {
    }

    /// <summary>There is nothing to leave.</summary>
    public void Dispose()
    {
    }

    internal IRanks Begin(ITrainingTask task, TrainingOptions training, CancellationToken cancellation) => throw new NotSupportedException(Absent);

    internal void Require(params RankFact[] facts) => throw new NotSupportedException(Absent);

    internal int Least(Func<int> own) => throw new NotSupportedException(Absent);

    internal T? OfFirst<T>(Func<T?> said) => throw new NotSupportedException(Absent);
}
#endif
