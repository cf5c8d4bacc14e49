using ScFm.Interactive.Display;
using ScFm.Interactive.Figures;
using ScFm.Interactive.Hosting;
using ScFm.Model.Models.ScFoundation;
using ScFm.Model.Training;

namespace ScFm.Interactive.Verbs;

/// <summary>Shows a training run while it goes on: a progress line and a loss curve that grows.</summary>
/// <param name="host">Where to show it.</param>
/// <param name="title">What is done. Default: "Pretraining".</param>
/// <param name="loss">What the loss is. Default: the loss of pretraining.</param>
internal sealed class TrainingView(INotebookHost host, string title = "Pretraining", string loss = "loss (masked MSE)") : IProgress<TrainingProgress>, IDisposable
{
    private readonly List<LossPoint> points = [];
    private readonly LiveFigure curve = new(host);
    private ProgressLine? line;

    public void Report(TrainingProgress value)
    {
        line ??= new ProgressLine(title, value.TotalSteps, "steps", host);
        var speed = TrainingSpeed.Of(value.CellsPerSecond, value.TokensPerSecond, value.FlopsPerSecond, value.PeakShare);
        line.Report(value.Step, value.Loss, $"epoch {value.Epoch + 1}, {speed}");
        points.Add(new LossPoint(value.Step, double.IsNaN(value.ValidationLoss) ? value.Loss : double.NaN, value.ValidationLoss));
        curve.Show(() => Plots.LossCurve(points, title: title, yTitle: loss));
    }

    /// <summary>Draws the whole curve of a pretraining, and says how the run ended.</summary>
    public void Finish(PretrainingReport report) => Finish(report.Run, ("gene mean", report.GeneMeanLoss), ("zero", report.ZeroLoss));

    /// <summary>Draws the whole curve with the predictors that learn nothing, and says how the run ended.</summary>
    /// <param name="run">The run.</param>
    /// <param name="baselines">Their names and losses.</param>
    public void Finish(TrainingRun run, params IReadOnlyList<(string Name, double Loss)> baselines)
    {
        if (points.Count > 0)
        {
            curve.Show(() => Plots.LossCurve(points, baselines, title, loss));
        }
        var end = run.End switch
        {
            TrainingEnd.Interrupted => "interrupted: the model keeps what it has learnt so far",
            TrainingEnd.Failed => "stopped for an error: the model keeps what it has learnt so far",
            TrainingEnd.StoppedEarly => "stopped early: the held-out loss no longer falls",
            _ => "finished",
        };
        var note = $"{end}, {TrainingSpeed.Of(run.CellsPerSecond, run.TokensPerSecond, run.FlopsPerSecond, run.PeakShare)}";
        if (run.End is TrainingEnd.Interrupted or TrainingEnd.Failed)
        {
            line?.Report(run.Steps, note: note);
        }
        else
        {
            line?.Complete(note);
        }
    }

    public void Dispose()
    {
        line?.Dispose();
        curve.Dispose();
    }
}
