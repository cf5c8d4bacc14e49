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
    /// <param name="options">Shape, start, genes and training. Default: a tiny model with random weights, 2,000 variable genes, 10 epochs.</param>
    /// <exception cref="ArgumentException">A value is not allowed; the message says what is.</exception>
    public ScGptAnnotator(ScGptAnnotatorOptions? options = null) => this.options = (options ?? new()).Validated();

    /// <inheritdoc/>
    public string Name => $"scGPT, {Start}{options.Tuning.Part switch { FineTuned.Blocks => ", embeddings frozen", FineTuned.Head => ", frozen", _ => "" }}";

    /// <inheritdoc/>
    public string Settings => string.Create(CultureInfo.InvariantCulture,
        $"{options.StartFrom?.Config ?? options.Config}, {(options.StartFrom is { } model ? $"model {ModelFingerprint.Of(model.Module, model.Vocabulary.Genes)}" : Start)}, {options.VariableGenes?.ToString(CultureInfo.InvariantCulture) ?? "all"} genes, {(options.Pretrains ? $"pretraining {options.Pretraining.Objective} {options.Pretraining.Training}, " : "")}{options.Tuning}, {options.ValidationShare} to validate on");

    private string Start => options.StartFrom is not null ? "from a trained model" : options.Pretrains ? "pretrained" : "not pretrained";

    /// <inheritdoc/>
    public ICellClassifier Fit(LabelledCells cells, ICellSource? unlabelled, int seed, IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        if (cells.Labels.Distinct().Count() is < 2 and var types)
        {
            throw new ArgumentException($"The {cells.Labels.Length} labelled cells are of {types} type; expected at least 2, to tell apart.", nameof(cells));
        }
        var (training, validation) = ValidationPart.Of(cells, options.ValidationShare, seed);
        var start = StartOn(training, unlabelled, seed, progress, cancellation);
        var tuning = options.Tuning with { Training = options.Tuning.Training with { Seed = seed } };
        var model = start.TellTypes(training, validation, tuning, progress: progress, cancellation: cancellation);
        cancellation.ThrowIfCancellationRequested();
        return new ScGptClassifier(model, FitOf(start, model, validation));
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
        var source = unlabelled is null ? training.Cells : Corpus.Join([Corpus.Of(training.Cells), Corpus.Of(unlabelled)], GeneJoin.Outer);
        var pretraining = options.Pretraining with
        {
            Config = options.Config,
            Vocabulary = vocabulary,
            VariableGenes = null,
            Training = options.Pretraining.Training with { Seed = seed },
        };
        var model = ScGptModel.Train(source, pretraining, progress: progress, cancellation: cancellation);
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
        return new ClassifierFit(model.Module.parameters().Sum(parameter => parameter.numel()), Flops(run) + (before is null ? 0 : Flops(before.Run)), notes);
    }
}
