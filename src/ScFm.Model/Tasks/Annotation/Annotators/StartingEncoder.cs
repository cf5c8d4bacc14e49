using System.Diagnostics;
using System.Text.Json;
using ScFm.Model.Cells;
using ScFm.Model.Files;
using ScFm.Model.Models;
using ScFm.Model.Models.Geneformer;
using ScFm.Model.Models.ScFoundation;
using ScFm.Model.Tasks.Annotation.Heads;
using ScFm.Model.Training;

namespace ScFm.Model.Tasks.Annotation.Annotators;

/// <summary>The model that a head is put on: read, made anew, or pretrained on the cells at hand.</summary>
/// <param name="Encoder">Its encoder.</param>
/// <param name="Learnt">Numbers that it has learnt; 0 where its weights are random.</param>
/// <param name="Flops">Floating-point operations of learning them here; NaN where it was learnt elsewhere.</param>
/// <param name="EarlierSeconds">Wall time of learning them where that was found again; otherwise 0.</param>
/// <param name="Note">How it came to be.</param>
internal sealed record StartingEncoder(ICellEncoder Encoder, long Learnt, double Flops, double EarlierSeconds, string Note)
{
    /// <summary>Makes, reads or pretrains the model.</summary>
    /// <param name="options">What is asked for.</param>
    /// <param name="cells">The cells to pretrain on, and whose genes a new model knows.</param>
    /// <param name="seed">Fixes all that is random.</param>
    /// <param name="progress">Told of each step.</param>
    /// <param name="cancellation">Stops the pretraining.</param>
    /// <exception cref="OperationCanceledException">It was stopped; a checkpoint is kept where there is a folder.</exception>
    /// <exception cref="InvalidOperationException">A step could not be done, such as for lack of memory; no model is kept.</exception>
    public static StartingEncoder Of(HeadAnnotatorOptions options, ICellSource cells, int seed, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        var start = options.File is { } file ? Opened(file, options.Model) : null;
        if (!options.Pretrain)
        {
            return start is not null
                ? Of(options, start, new Cost(double.NaN, 0), $"Encoder of '{options.File}'.")
                : Of(options, New(options, cells, seed, cancellation), new Cost(0, 0), "Encoder with random weights.") with { Learnt = 0 };
        }
        var started = start is null ? null : CellEncoders.Of(start);
        var kept = options.Folder is { } folder ? Path.Combine(folder, $"{options.Model}-{Fingerprint.Of($"{Described(options)} from {started?.Identity} seed {seed} {cells.CountIdentity}")}") : null;
        if (kept is not null && File.Exists(kept + CostEnding))
        {
            started?.Module.Dispose();
            return Of(options, ModelFiles.Open(kept), JsonSerializer.Deserialize<Cost>(File.ReadAllText(kept + CostEnding))!, $"Encoder pretrained on {cells.CellCount} cells, found again.");
        }
        var clock = Stopwatch.StartNew();
        var (model, run) = Pretrained(options, start, cells, seed, kept is null ? null : kept + ".checkpoint", progress, cancellation);
        started?.Module.Dispose();
        cancellation.ThrowIfCancellationRequested();
        run.WithoutFailure($"The {options.Model}");
        var cost = new Cost(run.ValidationFlops.LastOrDefault(), clock.Elapsed.TotalSeconds);
        if (kept is not null)
        {
            model.Save(kept);
            AtomicFile.WriteText(kept + CostEnding, JsonSerializer.Serialize(cost)); // last: it says that the model is whole
            File.Delete(kept + ".checkpoint");
        }
        return Of(options, model, cost with { Seconds = 0 }, FormattableString.Invariant($"Encoder pretrained on {cells.CellCount} cells in {run.Steps} steps, held-out loss {run.BestValidation:F3}."));
    }

    private const string CostEnding = ".cost.json";

    /// <summary>What a pretraining cost; its seconds are told only by a fit that did not spend them itself.</summary>
    private sealed record Cost(double Flops, double Seconds);

    private static StartingEncoder Of(HeadAnnotatorOptions options, IModel model, Cost cost, string note)
    {
        var encoder = CellEncoders.Of(model, options.Reading);
        return new StartingEncoder(encoder, encoder.Module.parameters().Sum(parameter => parameter.numel()), cost.Flops, cost.Seconds, note);
    }

    private static IModel Opened(string file, EncoderKind kind) => ModelFiles.Open(file) switch
    {
        ScFoundationModel model when kind == EncoderKind.ScFoundation => model,
        GeneformerModel model when kind == EncoderKind.Geneformer => model,
        var other => throw new ArgumentException($"'{file}' holds a {other.GetType().Name}; expected a {kind}."),
    };

    private static IModel New(HeadAnnotatorOptions options, ICellSource cells, int seed, CancellationToken cancellation)
    {
        var least = Math.Min(options.LeastCells, cells.CellCount);
        if (options.Model == EncoderKind.Geneformer)
        {
            return GeneformerModel.Create(GeneformerConfig.Find(options.Preset), GeneformerGenes.FromCells(cells, leastCells: least, cancellation: cancellation), seed);
        }
        var vocabulary = GeneVocabulary.FromCells(cells, least);
        return ScFoundationModel.Create(Presets.Find(options.Preset, vocabulary.Count), vocabulary, seed);
    }

    private static (IModel Model, TrainingRun Run) Pretrained(
        HeadAnnotatorOptions options, IModel? start, ICellSource cells, int seed, string? checkpoint, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        if (options.Model == EncoderKind.Geneformer)
        {
            var usual = new GeneformerOptions { Config = GeneformerConfig.Find(options.Preset), StartFrom = (GeneformerModel?)start, LeastCells = options.LeastCells };
            var geneformer = GeneformerModel.Train(cells, usual with { Training = options.Pretraining with { Seed = seed } }, checkpoint, progress, cancellation);
            return (geneformer, geneformer.Report!.Run);
        }
        var common = new PretrainingOptions { Preset = options.Preset, StartFrom = (ScFoundationModel?)start, LeastCells = options.LeastCells };
        var scFoundation = Pretraining.Run(cells, common with { Training = options.Pretraining with { Seed = seed } }, checkpoint, progress, cancellation);
        return (scFoundation, scFoundation.Report!.Run);
    }

    /// <summary>All that a pretraining depends on but cells, seed and the model that it starts from.</summary>
    private static string Described(HeadAnnotatorOptions options) => HeadAnnotator.Describe(options with { Head = new(), File = null, Folder = null, Reading = null });
}
