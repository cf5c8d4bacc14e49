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
    /// <param name="options">Shape, start, genes and training. Default: a tiny model with random weights, 1,200 variable genes, 10 epochs.</param>
    /// <exception cref="ArgumentException">A value is not allowed; the message says what is.</exception>
    public ScGptAnnotator(ScGptAnnotatorOptions? options = null) => this.options = (options ?? new()).Validated();

    /// <inheritdoc/>
    public string Name => $"scGPT, {Start}{options.Tuning.Part switch { FineTuned.Blocks => ", embeddings frozen", FineTuned.Head => ", frozen", _ => "" }}";

    /// <inheritdoc/>
    public string Settings => string.Create(CultureInfo.InvariantCulture,
        $"{options.StartFrom?.Config ?? options.Config}, {(options.StartFrom is { } model ? $"model {ModelFingerprint.Of(model.Module, model.Vocabulary.Genes)}" : Start)}, {options.VariableGenes?.ToString(CultureInfo.InvariantCulture) ?? "all"} genes, {(options.Pretrains ? $"{Told(options.Pretraining)}, " : "")}{options.Tuning}, {options.ValidationShare} to validate on");

    private static string Told(ScGptOptions pretraining) => string.Create(CultureInfo.InvariantCulture,
        $"pretraining {pretraining.Objective} {pretraining.Training} in {pretraining.Precision}, {pretraining.HeldOutShare} held out, aliases {pretraining.Aliases?.ToString() ?? "none"}");

    private string Start => options.StartFrom is not null ? "from a trained model" : options.Pretrains ? "pretrained" : "not pretrained";

    /// <inheritdoc/>
    public ICellClassifier Fit(LabelledCells cells, ICellSource? unlabelled, int seed, IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        TypeCounts.Of(cells); // refuses what cannot be learnt before anything is pretrained
        var (training, validation) = ValidationPart.Of(cells, options.ValidationShare, seed);
        var start = StartOn(training, unlabelled, seed, progress, cancellation);
        try
        {
            var tuning = options.Tuning with { Training = options.Tuning.Training with { Seed = seed } };
            var model = start.TellTypes(training, validation, tuning, progress: progress, cancellation: cancellation);
            var classifier = new ScGptClassifier(model, FitOf(start, model, validation), options.Tuning.Aliases);
            if (cancellation.IsCancellationRequested) // a part of a training is nothing to compare
            {
                classifier.Dispose();
                cancellation.ThrowIfCancellationRequested();
            }
            return classifier;
        }
        finally
        {
            if (start != options.StartFrom)
            {
                start.Module.Dispose();
            }
        }
    }

    /// <summary>The model that is fine-tuned, with the genes that vary most among the cells to learn from.</summary>
    private ScGptModel StartOn(LabelledCells training, ICellSource? unlabelled, int seed, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        var count = training.Labels.Length < FewestCells ? null : options.VariableGenes;
        if (options.StartFrom is { } given)
        {
            return count is { } most ? given.WithVariableGenes(training.Cells, most, options.Tuning.Aliases, cancellation) : given;
        }
        var vocabulary = ScGptModel.VocabularyOf(training.Cells, count, leastCells: 1, cancellation);
        if (!options.Pretrains)
        {
            return ScGptModel.Create(options.Config, vocabulary, seed);
        }
        var pretraining = options.Pretraining with
        {
            Config = options.Config,
            Vocabulary = vocabulary,
            VariableGenes = null,
            Training = options.Pretraining.Training with { Seed = seed },
        };
        var model = ScGptModel.Train(unlabelled ?? training.Cells, pretraining, progress: progress, cancellation: cancellation);
        cancellation.ThrowIfCancellationRequested();
        return model;
    }

    private ClassifierFit FitOf(ScGptModel start, ScGptModel model, LabelledCells validation)
    {
        var (run, before) = (model.Report!.Run, options.Pretrains ? start.Report : null);
        var notes = new List<string>
        {
            FormattableString.Invariant($"{model.Vocabulary.Genes.Count:N0} genes; {run.Steps:N0} steps; best cross entropy {run.BestValidation:F3} on {(validation.Labels.Length > 0 ? $"{validation.Labels.Length:N0} cells set aside" : "the cells learnt from, since none could be set aside")}."),
        };
        if (before is not null)
        {
            notes.Add(FormattableString.Invariant($"Pretrained for {before.Run.Steps:N0} steps: squared error of hidden bins {before.Error:F1}, of the gene's mean bin {before.GeneMeanError:F1}."));
        }
        double Flops(TrainingRun of) => of.ValidationFlops.DefaultIfEmpty(double.NaN).Last();
        // pretraining learns all that is there, fine-tuning may learn less
        var parameters = before is null ? model.Report.Parameters : model.Module.parameters().Sum(parameter => parameter.numel());
        return new ClassifierFit(parameters, Flops(run) + (before is null ? 0 : Flops(before.Run)), notes);
    }
}
