using System.Diagnostics;
using System.Globalization;
using ScFm.Model.Training;
using ScFm.Torch.Extras.Distributed;

/// <summary>Notes time and bytes at the end of every step.</summary>
/// <param name="group">The ranks; null where there is one.</param>
/// <param name="warming">Steps that are not timed, 1 or more.</param>
internal sealed class StepClock(ProcessGroup? group, int warming) : IProgress<TrainingProgress>
{
    private readonly List<(TimeSpan At, long Sent, long Carried)> steps = [];
    private readonly Stopwatch watch = Stopwatch.StartNew();

    /// <summary>Median seconds of a step.</summary>
    public double Seconds
    {
        get
        {
            double[] seconds = [.. steps.Skip(warming).Zip(steps.Skip(warming - 1), (step, before) => (step.At - before.At).TotalSeconds).Order()];
            return seconds[seconds.Length / 2];
        }
    }

    /// <summary>Bytes a step by the ring formulas.</summary>
    public double Sent => Mean(step => step.Sent);

    /// <summary>Bytes a step that the loopback interface carried.</summary>
    public double Carried => Mean(step => step.Carried);

    public void Report(TrainingProgress value)
    {
        if (double.IsNaN(value.ValidationLoss))
        {
            steps.Add((watch.Elapsed, group?.BytesSent ?? 0, Loopback()));
        }
    }

    private double Mean(Func<(TimeSpan, long Sent, long Carried), long> bytes) =>
        (double)(bytes(steps[^1]) - bytes(steps[warming - 1])) / (steps.Count - warming);

    private static long Loopback() => long.Parse(File.ReadAllText("/sys/class/net/lo/statistics/tx_bytes"), CultureInfo.InvariantCulture);
}
