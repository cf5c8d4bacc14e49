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
/// using var classifier = ScBertClassifier.FineTune(model, labelled);
/// var types = CellAnnotation.Of(classifier, others, threshold: 0.5).Types;
/// </code></example>
public sealed partial class ScBertClassifier : ICellClassifier
{
    private const int CellsToStartBy = 64;

    private readonly ScBertClassifierModule module;
    private readonly GeneVocabulary genes;

    private ScBertClassifier(ScBertClassifierModule module, GeneVocabulary genes, IReadOnlyList<string> types, ClassifierFit fit, GeneAliases? aliases) =>
        (this.module, this.genes, Types, Fit, Aliases) = (module, genes, types, fit, aliases?.LeadingTo(genes));

    /// <inheritdoc/>
    public IReadOnlyList<string> Types { get; }

    /// <inheritdoc/>
    public ClassifierFit Fit { get; internal set; }

    /// <summary>The genes it knows, in the order of their tokens.</summary>
    public GeneVocabulary Genes => genes;

    /// <summary>Other names that it finds genes by; null where it knows none.</summary>
    public GeneAliases? Aliases { get; }

    /// <summary>The network.</summary>
    public ScBertClassifierModule Module => module;

    /// <inheritdoc/>
    public IReadOnlyList<nn.Module> Networks => [module];

    /// <summary>Fine-tunes a copy of a model; what that came to, without the model's own pretraining, is in the classifier's <see cref="Fit"/>.</summary>
    /// <param name="model">A pretrained model, or one with random weights; it stays as it is.</param>
    /// <param name="cells">Labelled cells.</param>
    /// <param name="options">What is trained and how. Default: as <see cref="ScBertTuningOptions"/> says.</param>
    /// <param name="checkpoint">A file to save to and to go on from; see <see cref="Trainer"/>. Default: none.</param>
    /// <param name="progress">Told after every step. Default: nobody.</param>
    /// <param name="cancellation">Ends the run after the step under way; the classifier has learnt up to there.</param>
    /// <exception cref="ArgumentException">An option is out of range, or there are fewer than two types with cells.</exception>
    /// <exception cref="InvalidDataException">The values are not raw counts, or the cells have no gene of the model.</exception>
    public static ScBertClassifier FineTune(
        ScBertModel model, LabelledCells cells, ScBertTuningOptions? options = null, string? checkpoint = null, IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        options = (options ?? new()).Validated();
        var counts = TypeCounts.Of(cells);
        var (training, validation) = ValidationPart.Of(cells, options.ValidationShare, options.Training.Seed);
        var module = new ScBertClassifierModule(model.Copy().Module, Head(model, cells.Types.Count, options.Training.Seed));
        module.Head.StartAt([.. counts.Select(count => (double)count / cells.Labels.Length)]);
        if (model.Config.Compat == Compat.Sensible)
        {
            StartAmid(module, training, model.Genes, options.Aliases, cancellation);
        }
        (module.Body.Precision, module.Body.RecomputeActivations) = (options.Precision, options.RecomputeActivations);
        module.Body.Freeze(options.Tuned);
        var task = new ScBertTuningTask(module, model, training, validation.Labels.Length > 0 ? validation : training, options);
        var run = Trainer.Run(task, options.Training.WarmingUpWithin(training.Labels.Length), checkpoint, progress, cancellation);
        return new ScBertClassifier(module, model.Genes, [.. cells.Types], FitOf(module, run), options.Aliases);
    }

    /// <inheritdoc/>
    public DenseMatrix Probabilities(ICellSource cells, CancellationToken cancellation = default)
    {
        var probabilities = new DenseMatrix(cells.CellCount, Types.Count);
        module.eval();
        ScBertInference.Run(cells, module.Body, genes, Aliases, progress: null, cancellation, (batch, first) =>
            F.softmax(module.call(batch), 1).cpu().contiguous().data<float>().CopyTo(probabilities.Values, first * Types.Count));
        return probabilities;
    }

    /// <inheritdoc/>
    public void Dispose() => module.Dispose();

    private static ConvolutionHead Head(ScBertModel model, int types, int seed)
    {
        manual_seed(seed);
        return new ConvolutionHead(model.Config.Width, model.Genes.Count + 1, types);
    }

    /// <summary>Brings the head to where its tokens can learn, by cells from all over the source, which may be sorted by type.</summary>
    private static void StartAmid(ScBertClassifierModule module, LabelledCells cells, GeneVocabulary genes, GeneAliases? aliases, CancellationToken cancellation)
    {
        var (apart, numbers) = (Math.Max(1, cells.Labels.Length / CellsToStartBy), new List<float>());
        int[] some = [.. Enumerable.Range(0, cells.Labels.Length).Where(cell => cell % apart == 0)];
        module.eval();
        ScBertInference.Run(Corpus.Of(cells.Cells).Choose(some, "to start by"), module.Body, genes, aliases, progress: null, cancellation, (batch, _) =>
            numbers.AddRange(module.Head.Convolve(module.Body.Encode(batch)).cpu().contiguous().data<float>().ToArray()));
        module.Head.StartAmid(numbers);
    }

    private static ClassifierFit FitOf(ScBertClassifierModule module, TrainingRun run) => new(
        module.parameters().Where(parameter => parameter.requires_grad).Sum(parameter => parameter.numel()), run.Flops,
        [FormattableString.Invariant($"Fine-tuned in {run.Steps} steps, lowest validation loss {run.BestValidation:F3}.")]);
}
