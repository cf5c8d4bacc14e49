using System.Diagnostics;
using ScFm.Model.Training;

/// <summary>Takes the time between two steps of a training, and then stops it.</summary>
/// <param name="first">The step that begins the time.</param>
/// <param name="last">The step that ends it.</param>
/// <param name="stop">Stops the training.</param>
internal sealed class Watch(int first, int last, CancellationTokenSource stop) : IProgress<TrainingProgress>
{
    private long begin;

    /// <summary>The time.</summary>
    public TimeSpan Elapsed { get; private set; }

    /// <inheritdoc/>
    public void Report(TrainingProgress value)
    {
        if (value.Step == first)
        {
            begin = Stopwatch.GetTimestamp();
        }
        else if (value.Step == last)
        {
            Elapsed = Stopwatch.GetElapsedTime(begin);
            stop.Cancel();
        }
    }
}
