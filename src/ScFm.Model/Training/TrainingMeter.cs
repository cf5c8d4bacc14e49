using System.Diagnostics;

namespace ScFm.Model.Training;

/// <summary>Counts what a run has done since its start or its resumption, and how fast, and makes its report.</summary>
/// <param name="peakFlops">Operations a second that the machine can do at most, or all of them together.</param>
internal sealed class TrainingMeter(double peakFlops)
{
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private long cells;
    private long tokens;
    private double flops;

    /// <summary>Wall time.</summary>
    public TimeSpan Elapsed => watch.Elapsed;

    /// <summary>Training cells a second.</summary>
    public double CellsPerSecond => cells / watch.Elapsed.TotalSeconds;

    /// <summary>Encoder tokens a second.</summary>
    public double TokensPerSecond => tokens / watch.Elapsed.TotalSeconds;

    /// <summary>Floating-point operations a second; NaN where the task does not count them.</summary>
    public double FlopsPerSecond => flops > 0 ? flops / watch.Elapsed.TotalSeconds : double.NaN;

    /// <summary>Share of the machine's peak.</summary>
    public double PeakShare => FlopsPerSecond / peakFlops;

    /// <summary>What a run did that has ended.</summary>
    /// <param name="state">How far it came.</param>
    /// <param name="end">Why it ended.</param>
    /// <param name="failure">What libtorch said where a step could not be done; otherwise null.</param>
    public TrainingRun RunOf(TrainingState state, TrainingEnd end, string? failure) => new()
    {
        End = end,
        Failure = failure,
        Steps = state.Step,
        Losses = state.Losses,
        Validations = [.. state.ValidationSteps.Zip(state.ValidationLosses)],
        ValidationFlops = state.ValidationFlops,
        Flops = state.Flops > 0 ? state.Flops : double.NaN,
        Elapsed = Elapsed,
        CellsPerSecond = CellsPerSecond,
        TokensPerSecond = TokensPerSecond,
        FlopsPerSecond = FlopsPerSecond,
        PeakShare = PeakShare,
    };

    /// <summary>Adds a step.</summary>
    public void Add(StepSums step) => (cells, tokens, flops) = (cells + step.Cells, tokens + step.Tokens, flops + step.Flops);
}
