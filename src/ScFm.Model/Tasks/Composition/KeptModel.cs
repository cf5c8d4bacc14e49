using ScFm.Model.Models;
using ScFm.Model.Training;

namespace ScFm.Model.Tasks.Composition;

/// <summary>How a study trains a model once: one that was trained is read, one half trained goes on, and none is kept that was not trained to the end.</summary>
internal static class KeptModel
{
    /// <summary>The model of a file, or a new one.</summary>
    /// <param name="name">What the model is called in errors.</param>
    /// <param name="file">The file, without its ending; null keeps nothing.</param>
    /// <param name="load">Reads a model.</param>
    /// <param name="train">Trains, with a checkpoint or without one.</param>
    /// <param name="run">What the training did.</param>
    /// <param name="cancellation">What stopped the training, if anything.</param>
    /// <exception cref="OperationCanceledException">It was stopped; the checkpoint is kept.</exception>
    /// <exception cref="InvalidOperationException">A step could not be done.</exception>
    internal static T Of<T>(
        string name, string? file, Func<string, T> load, Func<string?, T> train, Func<T, TrainingRun> run, CancellationToken cancellation)
        where T : IModel
    {
        var (weights, checkpoint) = (file + Files.Safetensors.Ending, file is null ? null : file + ".checkpoint");
        if (file is not null && File.Exists(weights))
        {
            return load(weights);
        }
        var model = train(checkpoint);
        cancellation.ThrowIfCancellationRequested();
        run(model).WithoutFailure(name);
        if (file is not null)
        {
            model.Save(weights);
            File.Delete(checkpoint!);
        }
        return model;
    }

    /// <summary>Tells steps of a training as the share that is done; null where nobody is told.</summary>
    internal static IProgress<TrainingProgress>? Share(IProgress<double>? progress) => progress is null ? null : new StepShare(progress);

    private sealed class StepShare(IProgress<double> progress) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => progress.Report((double)value.Step / value.TotalSteps);
    }
}
