using ScFm.Interactive.Hosting;
using ScFm.Model.Training;

namespace ScFm.Interactive.Display;

/// <summary>A progress line of whatever an annotator does: the steps of its trainings where it tells them, and its end in any case.</summary>
/// <param name="what">What is done.</param>
/// <param name="host">Where to show it.</param>
internal sealed class FittingLine(string what, INotebookHost host) : IProgress<TrainingProgress>, IDisposable
{
    private readonly ProgressLine line = new(what, 1, "classifier", host); // how many steps there are is not known before the first, and differs between pretraining and training

    /// <inheritdoc/>
    public void Report(TrainingProgress value) => line.Report(0, value.Loss, FormattableString.Invariant($"step {value.Step:N0} of {value.TotalSteps:N0}"));

    /// <summary>Says that it is done.</summary>
    public void Complete() => line.Complete("trained");

    /// <summary>Says that it stopped before its end, unless it was complete.</summary>
    public void Dispose() => line.Dispose();
}
