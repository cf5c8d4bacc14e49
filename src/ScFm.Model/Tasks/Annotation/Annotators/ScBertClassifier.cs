using ScFm.Model.Cells;
using ScFm.Model.Corpora;
using ScFm.Model.Models.ScBert;
using ScFm.Model.Training;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ScFm.Model.Tasks.Annotation.Annotators;

/// <summary>An scBERT that was fine-tuned to tell cell types.</summary>
/// <remarks>Source: scBERT (Yang et al. 2022).</remarks>
/// <example><code>
/// var model = ScBertModel.Train(cells, ScBertOptions.Preset("tiny"));
/// using var classifier = ScBertClassifier.Tune(model, labelled);
/// var types = classifier.Annotate(others, threshold: 0.5);
/// </code></example>
public sealed partial class ScBertClassifier : ICellClassifier
{
    /// <summary>What cells are called of which no type is likely enough.</summary>
    public const string Unassigned = "unassigned";

    private readonly ScBertClassifierModule module;
    private readonly GeneVocabulary genes;

    private ScBertClassifier(ScBertClassifierModule module, GeneVocabulary genes, IReadOnlyList<string> types, ClassifierFit fit, GeneAliases? aliases) =>
        (this.module, this.genes, Types, Fit, Aliases) = (module, genes, types, fit, aliases?.LeadingTo(genes));

    /// <inheritdoc/>
    public IReadOnlyList<string> Types { get; }

    /// <inheritdoc/>
    public ClassifierFit Fit { get; }

    /// <summary>The genes it knows, in the order of their tokens.</summary>
    public GeneVocabulary Genes => genes;

    /// <summary>Other names that it finds genes by; null where it knows none.</summary>
    public GeneAliases? Aliases { get; }

    /// <summary>The network.</summary>
    public ScBertClassifierModule Module => module;

    /// <summary>Fine-tunes a copy of a model.</summary>
    /// <param name="model">A pretrained model, or one with random weights; it stays as it is.</param>
    /// <param name="cells">Labelled cells.</param>
    /// <param name="options">What is trained and how. Default: as <see cref="TuningOptions"/> says.</param>
    /// <param name="checkpoint">A file to save to and to go on from; see <see cref="Trainer"/>. Default: none.</param>
    /// <param name="progress">Told after every step. Default: nobody.</param>
    /// <param name="cancellation">Ends the run after the step under way; the classifier has learnt up to there.</param>
    /// <exception cref="ArgumentException">An option is out of range, or there are fewer than two types with cells.</exception>
    /// <exception cref="InvalidDataException">The values are not raw counts, or the cells have no gene of the model.</exception>
    public static ScBertClassifier Tune(
        ScBertModel model, LabelledCells cells, TuningOptions? options = null, string? checkpoint = null, IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        options = (options ?? new()).Validated();
        var counts = TypeCounts.Of(cells);
        var (training, validation) = ValidationPart.Of(cells, options.ValidationShare, options.Training.Seed);
        var module = new ScBertClassifierModule(model.Copy().Module, Head(model, cells.Types.Count, options.Training.Seed));
        module.Head.StartAt([.. counts.Select(count => (double)count / cells.Labels.Length)]);
        (module.Body.Precision, module.Body.RecomputeActivations) = (options.Precision, options.RecomputeActivations);
        module.Body.Freeze(options.Tuned);
        var task = new TuningTask(module, model, training, validation.Labels.Length > 0 ? validation : training, options);
        var run = Trainer.Run(task, options.Training.WarmingUpWithin(training.Labels.Length), checkpoint, progress, cancellation);
        return new ScBertClassifier(module, model.Genes, [.. cells.Types], FitOf(model, module, run), options.Aliases);
    }

    /// <inheritdoc/>
    public DenseMatrix Probabilities(ICellSource cells, CancellationToken cancellation = default)
    {
        var probabilities = new DenseMatrix(cells.CellCount, Types.Count);
        module.eval();
        try
        {
            ScBertInference.Run(cells, module.Body, genes, Aliases, progress: null, cancellation, (batch, first) =>
                F.softmax(module.call(batch), 1).cpu().contiguous().data<float>().CopyTo(probabilities.Values, first * Types.Count));
        }
        catch (InvalidDataException error)
        {
            throw new ArgumentException(error.Message, nameof(cells), error);
        }
        return probabilities;
    }

    /// <summary>The likeliest type of each cell, or <see cref="Unassigned"/> where none is likely enough: perhaps a type that was not learnt.</summary>
    /// <param name="cells">Raw counts.</param>
    /// <param name="threshold">How likely a type has to be, 0 to 1. Default: 0.5, as published.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="ArgumentException">The threshold is out of range, none of the genes it knows is there, or the values are no raw counts.</exception>
    public string[] Annotate(ICellSource cells, double threshold = 0.5, CancellationToken cancellation = default)
    {
        if (!(threshold is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(threshold), FormattableString.Invariant($"The threshold is {threshold}; expected 0 to 1."));
        }
        var probabilities = Probabilities(cells, cancellation);
        return [.. Enumerable.Range(0, probabilities.Rows).Select(cell =>
        {
            var row = probabilities.Row(cell).ToArray();
            var likeliest = Array.IndexOf(row, row.Max());
            return row[likeliest] >= threshold ? Types[likeliest] : Unassigned;
        })];
    }

    /// <inheritdoc/>
    public void Dispose() => module.Dispose();

    private static ConvolutionHead Head(ScBertModel model, int types, int seed)
    {
        manual_seed(seed);
        return new ConvolutionHead(model.Config.Width, model.Genes.Count + 1, types);
    }

    private static ClassifierFit FitOf(ScBertModel model, ScBertClassifierModule module, TrainingRun run)
    {
        static double Flops(TrainingRun run) => run.FlopsPerSecond * run.Elapsed.TotalSeconds;
        var learnt = model.Report is null ? module.parameters().Where(parameter => parameter.requires_grad) : model.Module.parameters().Where(parameter => parameter.requires_grad).Concat(module.Head.parameters());
        string[] pretraining = model.Report is { } report ? [$"pretrained: {report.Summary}"] : ["not pretrained here"];
        return new ClassifierFit(
            learnt.Sum(parameter => parameter.numel()),
            Flops(run) + (model.Report is null ? 0 : Flops(model.Report.Run)),
            [.. pretraining, FormattableString.Invariant($"fine-tuned for {run.Steps} steps, lowest validation loss {run.BestValidation:F3}")]);
    }
}
