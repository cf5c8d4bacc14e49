using ScFm.Interactive.Display;
using ScFm.Interactive.Hosting;
using ScFm.Model.Training;

namespace ScFm.Interactive.Verbs;

/// <summary>Shows the runs of a scaling law while they go on: a progress line a model.</summary>
internal sealed class ScalingLawView(INotebookHost host) : IProgress<(string Model, TrainingProgress Progress)>, IDisposable
{
    private string? model;
    private ProgressLine? line;

    public void Report((string Model, TrainingProgress Progress) value)
    {
        var told = value.Progress;
        if (value.Model != model)
        {
            line?.Complete();
            (model, line) = (value.Model, new ProgressLine($"Training {value.Model}", told.TotalSteps, "steps", host));
        }
        line!.Report(told.Step, told.Loss, TrainingSpeed.Of(told.CellsPerSecond, told.TokensPerSecond, told.FlopsPerSecond, told.PeakShare));
        if (told.Step == told.TotalSteps && !double.IsNaN(told.ValidationLoss))
        {
            line.Complete();
        }
    }

    public void Dispose() => line?.Dispose();
}
