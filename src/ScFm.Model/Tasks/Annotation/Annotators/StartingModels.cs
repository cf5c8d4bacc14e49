using System.Diagnostics;
using System.Text.Json;
using ScFm.Model.Cells;
using ScFm.Model.Files;
using ScFm.Model.Models;
using ScFm.Model.Training;

namespace ScFm.Model.Tasks.Annotation.Annotators;

/// <summary>What annotators begin with, decided, named and kept alike for all kinds of models.</summary>
internal static class StartingModels
{
    private const string CostEnding = ".cost.json";

    /// <summary>Whether it is pretrained on the cells at hand.</summary>
    /// <param name="asked">What was asked for; null: a new model is, a given one is not.</param>
    /// <param name="isGiven">True where a trained model is given.</param>
    public static bool Pretrains(bool? asked, bool isGiven) => asked ?? !isGiven;

    /// <summary>What an annotator's name says of it; null of a new model that is pretrained.</summary>
    /// <param name="pretrains">Whether it is pretrained on the cells at hand.</param>
    /// <param name="isGiven">True where a trained model is given.</param>
    public static string? Words(bool pretrains, bool isGiven) => (pretrains, isGiven) switch
    {
        (true, false) => null,
        (false, false) => "not pretrained",
        (true, true) => "pretrained further",
        (false, true) => "pretrained elsewhere",
    };

    /// <summary>Pretrains a model on the cells at hand, or finds it again; what was stopped half-way goes on.</summary>
    /// <param name="name">What it is called in errors and in its file's name.</param>
    /// <param name="folder">Where pretrained models are kept; null keeps none.</param>
    /// <param name="settings">All that the model depends on: options, cells, seed, and what it starts from.</param>
    /// <param name="load">Reads a kept model.</param>
    /// <param name="train">Pretrains, with a file for checkpoints or without one, and says what it came to.</param>
    /// <param name="cancellation">What stops the pretraining, if anything.</param>
    /// <exception cref="OperationCanceledException">It was stopped; a checkpoint is kept where there is a folder.</exception>
    /// <exception cref="InvalidOperationException">A step could not be done, such as for lack of memory; no model is kept.</exception>
    public static StartingModel<T> Pretrained<T>(
        string name, string? folder, string settings, Func<string, T> load, Func<string?, (T Model, TrainingRun Run, string Note)> train, CancellationToken cancellation) where T : IModel
    {
        var kept = folder is null ? null : Path.Combine(folder, $"{ResultStore.FileName(name)}-{Fingerprint.Of(settings)}");
        if (kept is not null && File.Exists(kept + CostEnding))
        {
            var known = JsonSerializer.Deserialize<Cost>(File.ReadAllText(kept + CostEnding), ResultStore.Json)!;
            return new StartingModel<T>(load(kept), known.Flops, known.Note + " Found again.") { EarlierSeconds = known.Seconds };
        }
        var (clock, checkpoint) = (Stopwatch.StartNew(), kept is null ? null : kept + ".checkpoint");
        var (model, run, note) = train(checkpoint);
        cancellation.ThrowIfCancellationRequested(); // a part of a training is nothing to compare
        run.WithoutFailure($"The {name}");
        if (kept is not null)
        {
            model.Save(kept);
            AtomicFile.WriteText(kept + CostEnding, JsonSerializer.Serialize(new Cost(run.Flops, clock.Elapsed.TotalSeconds, note), ResultStore.Json)); // last: it says that the model is whole
            File.Delete(checkpoint!);
        }
        return new StartingModel<T>(model, run.Flops, note);
    }

    /// <summary>What a pretraining cost; its seconds are told only by a fit that did not spend them itself.</summary>
    private sealed record Cost(double Flops, double Seconds, string Note);
}
