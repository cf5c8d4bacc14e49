using System.Globalization;
using ScFm.Model.Cells;
using ScFm.Model.Corpora;
using ScFm.Model.Models;
using ScFm.Model.Models.ScGpt;
using ScFm.Model.Training;

namespace ScFm.Model.Tasks.Annotation.Annotators;

/// <summary>Learns cell types by fine-tuning a scGPT: a published one, one pretrained on the cells at hand, or one with random weights.</summary>
/// <example><code>
/// var classifier = new ScGptAnnotator().Fit(labelled, unlabelled: null, seed: 0);
/// var probabilities = classifier.Probabilities(cells);
/// </code></example>
public sealed class ScGptAnnotator : IAnnotator
{
    private const int FewestCells = 10; // to find variable genes among

    private readonly ScGptAnnotatorOptions options;

    /// <summary>Makes the annotator.</summary>
    /// <param name="options">Shape, start, genes and training. Default: a tiny model that is pretrained on the cells at hand, 1,200 variable genes, 10 epochs.</param>
    /// <exception cref="ArgumentException">A value is not allowed; the message says what is.</exception>
    public ScGptAnnotator(ScGptAnnotatorOptions? options = null) => this.options = (options ?? new()).Validated();

    /// <inheritdoc/>
    public string Name => string.Join(", ", new[]
    {
        "scGPT", StartingModels.Words(options.Pretrains, options.StartFrom is not null),
        options.Tuning.Tuned switch { FineTuned.Blocks => "embeddings frozen", FineTuned.Head => "frozen", _ => null },
    }.OfType<string>());

    /// <inheritdoc/>
    public string Settings => string.Create(CultureInfo.InvariantCulture,
        $"{(options.StartFrom is { } model ? $"{model.Config}, model {ModelFingerprint.Of(model.Module, model.Vocabulary.Genes)}" : options.Config)}, {options.VariableGenes?.ToString(CultureInfo.InvariantCulture) ?? "all"} genes, {(options.Pretrains ? Told(options.Pretraining) : "not pretrained")}, {options.Tuning}, {options.ValidationShare} to validate on");

    private static string Told(ScGptOptions pretraining) => string.Create(CultureInfo.InvariantCulture,
        $"pretraining {pretraining.Objective} {pretraining.Training} in {pretraining.Precision}, {pretraining.HeldOutShare} held out, aliases {pretraining.Aliases?.ToString() ?? "none"}");

    /// <inheritdoc/>
    public ICellClassifier Fit(LabelledCells cells, ICellSource? unlabelled, int seed, IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        TypeCounts.Of(cells); // refuses what cannot be learnt before anything is pretrained
        var (training, validation) = ValidationPart.Of(cells, options.ValidationShare, seed);
        var source = unlabelled ?? cells.Cells;
        var start = StartOn(source, seed, cancellation);
        var pretrained = options.Pretrains ? Pretrain(start, source, seed, progress, cancellation) : null;
        var begun = pretrained?.Model ?? start;
        try
        {
            var tuning = options.Tuning with { Training = options.Tuning.Training with { Seed = seed } };
            var model = begun.FineTune(training, validation, tuning, progress: progress, cancellation: cancellation);
            var fit = FitOf(model, validation);
            var classifier = new ScGptClassifier(model, pretrained?.With(fit, model.Module.parameters().Sum(parameter => parameter.numel())) ?? fit, options.Tuning.Aliases);
            if (cancellation.IsCancellationRequested) // a part of a training is nothing to compare
            {
                classifier.Dispose();
                cancellation.ThrowIfCancellationRequested();
            }
            return classifier;
        }
        finally
        {
            foreach (var model in new[] { start, begun }.Distinct().Where(model => model != options.StartFrom))
            {
                model.Module.Dispose();
            }
        }
    }

    /// <summary>The model that learning begins with, with the genes that vary most among the cells that may be looked at.</summary>
    private ScGptModel StartOn(ICellSource source, int seed, CancellationToken cancellation)
    {
        var count = source.CellCount < FewestCells ? null : options.VariableGenes;
        return options.StartFrom is not { } given ? ScGptModel.Create(options.Config, ScGptModel.VocabularyOf(source, count, leastCells: 1, cancellation), seed)
            : count is { } most ? given.WithVariableGenes(source, most, options.Tuning.Aliases, cancellation)
            : given;
    }

    private StartingModel<ScGptModel> Pretrain(ScGptModel start, ICellSource source, int seed, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        var pretraining = options.Pretraining with
        {
            Config = start.Config,
            StartFrom = options.StartFrom is null ? null : start,
            Vocabulary = options.StartFrom is null ? start.Vocabulary : null,
            VariableGenes = null,
            Training = options.Pretraining.Training with { Seed = seed },
        };
        var found = StartingModels.Pretrained(
            "scGPT", options.Folder, $"{start.Config}, {Told(pretraining)}, model {ModelFingerprint.Of(start.Module, start.Vocabulary.Genes)}, cells {source.CountIdentity}", ScGptModel.Load,
            checkpoint =>
            {
                var model = ScGptModel.Train(source, pretraining, checkpoint, progress, cancellation);
                var (run, error, mean) = (model.Report!.Run, model.Report.Error, model.Report.GeneMeanError);
                return (model, run, FormattableString.Invariant($"Pretrained on {source.CellCount} cells in {run.Steps} steps: squared error of hidden bins {error:F1}, of the gene's mean bin {mean:F1}."));
            },
            cancellation);
        found.Model.Module.Precision = pretraining.Precision; // which no file holds
        return found;
    }

    private static ClassifierFit FitOf(ScGptModel model, LabelledCells validation)
    {
        var run = model.Report!.Run;
        var checkedBy = validation.Labels.Length > 0 ? $"{validation.Labels.Length:N0} cells set aside" : "the cells learnt from, since none could be set aside";
        return new ClassifierFit(model.Report.Parameters, run.Flops,
            [FormattableString.Invariant($"{model.Vocabulary.Genes.Count:N0} genes; fine-tuned in {run.Steps:N0} steps; lowest cross entropy {run.BestValidation:F3} on {checkedBy}.")]);
    }
}
