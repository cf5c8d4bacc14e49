using System.Diagnostics;
using System.Text.Json;
using ScFm.Model.Cells;
using ScFm.Model.Files;
using ScFm.Model.Models;
using ScFm.Model.Training;

namespace ScFm.Model.Tasks.Annotation.Annotators;

/// <summary>A model that was pretrained on the cells at hand, now or by an earlier fit that kept it.</summary>
/// <param name="Model">The model.</param>
/// <param name="Flops">Floating-point operations of its pretraining.</param>
/// <param name="EarlierSeconds">Wall time of its pretraining where that was found again; otherwise 0.</param>
/// <param name="Note">What the pretraining came to, one sentence.</param>
internal sealed record Pretrained<T>(T Model, double Flops, double EarlierSeconds, string Note) where T : IModel
{
    private const string CostEnding = ".cost.json";

    /// <summary>Pretrains a model, or finds it again; what was stopped half-way goes on.</summary>
    /// <param name="name">What it is called in errors and in its file's name.</param>
    /// <param name="folder">Where pretrained models are kept; null keeps none.</param>
    /// <param name="settings">All that the model depends on: options, cells, seed, and what it starts from.</param>
    /// <param name="load">Reads a kept model.</param>
    /// <param name="train">Pretrains, with a file for checkpoints or without one, and says what it came to.</param>
    /// <param name="cancellation">What stops the pretraining, if anything.</param>
    /// <exception cref="OperationCanceledException">It was stopped; a checkpoint is kept where there is a folder.</exception>
    /// <exception cref="InvalidOperationException">A step could not be done, such as for lack of memory; no model is kept.</exception>
    public static Pretrained<T> Of(string name, string? folder, string settings, Func<string, T> load, Func<string?, (T Model, TrainingRun Run, string Note)> train, CancellationToken cancellation)
    {
        var kept = folder is null ? null : Path.Combine(folder, $"{ResultStore.FileName(name)}-{Fingerprint.Of(settings)}");
        if (kept is not null && File.Exists(kept + CostEnding))
        {
            var known = JsonSerializer.Deserialize<Cost>(File.ReadAllText(kept + CostEnding), ResultStore.Json)!;
            return new Pretrained<T>(load(kept), known.Flops, known.Seconds, known.Note + " Found again.");
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
        return new Pretrained<T>(model, run.Flops, 0, note);
    }

    /// <summary>What learning came to in all.</summary>
    /// <param name="tuning">What the fine-tuning came to.</param>
    /// <param name="parameters">Numbers that were learnt by either.</param>
    public ClassifierFit With(ClassifierFit tuning, long parameters) =>
        new(parameters, Flops + tuning.Flops, [Note, .. tuning.Notes]) { EarlierSeconds = EarlierSeconds };

    /// <summary>What a pretraining cost; its seconds are told only by a fit that did not spend them itself.</summary>
    private sealed record Cost(double Flops, double Seconds, string Note);
}
