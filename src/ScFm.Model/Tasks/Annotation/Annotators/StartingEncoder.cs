using ScFm.Model.Cells;
using ScFm.Model.Models;
using ScFm.Model.Models.Geneformer;
using ScFm.Model.Models.ScFoundation;
using ScFm.Model.Tasks.Annotation.Heads;
using ScFm.Model.Training;

namespace ScFm.Model.Tasks.Annotation.Annotators;

/// <summary>The model that a head is put on: read, made anew, or pretrained on the cells at hand.</summary>
internal static class StartingEncoder
{
    /// <summary>Makes, reads or pretrains the model.</summary>
    /// <param name="options">What is asked for.</param>
    /// <param name="cells">The cells to pretrain on, and whose genes a new model knows.</param>
    /// <param name="seed">Fixes all that is random.</param>
    /// <param name="progress">Told of each step.</param>
    /// <param name="cancellation">Stops the pretraining.</param>
    /// <exception cref="OperationCanceledException">It was stopped; a checkpoint is kept where there is a folder.</exception>
    /// <exception cref="InvalidOperationException">A step could not be done, such as for lack of memory; no model is kept.</exception>
    public static StartingModel<IModel> Of(HeadAnnotatorOptions options, ICellSource cells, int seed, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        var start = options.Model is { } file ? Opened(file, options.Encoder) : null;
        if (!options.Pretrains)
        {
            return start is not null
                ? new StartingModel<IModel>(start, double.NaN, $"Encoder of '{options.Model}'.")
                : new StartingModel<IModel>(New(options, cells, seed, cancellation), 0, "Encoder with random weights.") { IsRandom = true };
        }
        var started = start is null ? null : CellEncoders.Of(start);
        try
        {
            return StartingModels.Pretrained(
                options.Encoder.ToString(), options.Folder, $"{Described(options)} from {started?.Identity} seed {seed} {cells.CountIdentity}", path => ModelFiles.Open(path),
                checkpoint => Pretrain(options, start, cells, seed, checkpoint, progress, cancellation), cancellation);
        }
        finally
        {
            started?.Module.Dispose();
        }
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
        if (options.Encoder == EncoderKind.Geneformer)
        {
            return GeneformerModel.Create(GeneformerConfig.Find(options.Preset), GeneformerGenes.FromCells(cells, leastCells: least, cancellation: cancellation), seed);
        }
        var vocabulary = GeneVocabulary.FromCells(cells, least);
        return ScFoundationModel.Create(Presets.Find(options.Preset, vocabulary.Count), vocabulary, seed);
    }

    private static (IModel Model, TrainingRun Run, string Note) Pretrain(
        HeadAnnotatorOptions options, IModel? start, ICellSource cells, int seed, string? checkpoint, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        var training = options.Pretraining! with { Seed = seed };
        (IModel Model, TrainingRun Run) found;
        if (options.Encoder == EncoderKind.Geneformer)
        {
            var usual = new GeneformerOptions { Config = GeneformerConfig.Find(options.Preset), StartFrom = (GeneformerModel?)start, LeastCells = options.LeastCells };
            var geneformer = GeneformerModel.Train(cells, usual with { Training = training }, checkpoint, progress, cancellation);
            found = (geneformer, geneformer.Report!.Run);
        }
        else
        {
            var common = new PretrainingOptions { Preset = options.Preset, StartFrom = (ScFoundationModel?)start, LeastCells = options.LeastCells };
            var scFoundation = Pretraining.Run(cells, common with { Training = training }, checkpoint, progress, cancellation);
            found = (scFoundation, scFoundation.Report!.Run);
        }
        return (found.Model, found.Run, FormattableString.Invariant($"Encoder pretrained on {cells.CellCount} cells in {found.Run.Steps} steps, held-out loss {found.Run.BestValidation:F3}."));
    }

    /// <summary>All that a pretraining depends on but cells, seed and the model that it starts from.</summary>
    private static string Described(HeadAnnotatorOptions options) => HeadAnnotator.Describe(options with { Head = new(), Model = null, Folder = null, Reading = null });
}
