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
/// <param name="Note">How it came to be.</param>
internal sealed record StartingEncoder(ICellEncoder Encoder, long Learnt, double Flops, string Note)
{
    /// <summary>Makes, reads or pretrains the model.</summary>
    /// <param name="options">What is asked for.</param>
    /// <param name="cells">The cells to pretrain on, and whose genes a new model knows.</param>
    /// <param name="seed">Fixes all that is random.</param>
    /// <param name="progress">Told of each step.</param>
    /// <param name="cancellation">Stops the pretraining.</param>
    /// <exception cref="OperationCanceledException">It was stopped; a checkpoint is kept where there is a folder.</exception>
    public static StartingEncoder Of(HeadAnnotatorOptions options, ICellSource cells, int seed, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        var start = options.File is { } file ? ModelFiles.Open(file) : null;
        if (!options.Pretrain)
        {
            return start is not null
                ? Of(options, start, double.NaN, $"Encoder of '{options.File}'.")
                : Of(options, New(options, cells, seed, cancellation), 0, "Encoder with random weights.") with { Learnt = 0 };
        }
        var kept = options.Folder is { } folder ? Path.Combine(folder, $"{options.Model}-{Fingerprint.Of($"{Described(options)} seed {seed} {cells.CountIdentity}")}") : null;
        if (kept is not null && System.IO.File.Exists(kept + FlopsEnding))
        {
            return Of(options, ModelFiles.Open(kept), JsonSerializer.Deserialize<double>(System.IO.File.ReadAllText(kept + FlopsEnding)), $"Encoder pretrained on {cells.CellCount} cells, found again.");
        }
        var (model, run) = Pretrained(options, start, cells, seed, kept is null ? null : kept + ".checkpoint", progress, cancellation);
        cancellation.ThrowIfCancellationRequested();
        var flops = run.ValidationFlops.LastOrDefault();
        if (kept is not null)
        {
            model.Save(kept);
            AtomicFile.WriteText(kept + FlopsEnding, JsonSerializer.Serialize(flops)); // last: it says that the model is whole
            System.IO.File.Delete(kept + ".checkpoint");
        }
        return Of(options, model, flops, FormattableString.Invariant($"Encoder pretrained on {cells.CellCount} cells in {run.Steps} steps, held-out loss {run.BestValidation:F3}."));
    }

    private const string FlopsEnding = ".flops.json";

    private static StartingEncoder Of(HeadAnnotatorOptions options, IModel model, double flops, string note)
    {
        var encoder = CellEncoders.Of(model, options.Reading);
        return new StartingEncoder(encoder, encoder.Module.parameters().Sum(parameter => parameter.numel()), flops, note);
    }

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
            var geneformer = GeneformerModel.Train(cells, usual with { Training = (options.Training ?? usual.Training) with { Seed = seed } }, checkpoint, progress, cancellation);
            return (geneformer, geneformer.Report!.Run);
        }
        var common = new PretrainingOptions { Preset = options.Preset, StartFrom = (ScFoundationModel?)start, LeastCells = options.LeastCells };
        var scFoundation = Pretraining.Run(cells, common with { Training = (options.Training ?? common.Training) with { Seed = seed } }, checkpoint, progress, cancellation);
        return (scFoundation, scFoundation.Report!.Run);
    }

    /// <summary>All that a pretraining depends on but cells and seed.</summary>
    private static string Described(HeadAnnotatorOptions options) => HeadAnnotator.Describe(options with { Head = new(), Folder = null, Reading = null });
}
