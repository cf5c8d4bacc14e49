using System.Text.Json;
using System.Text.Json.Serialization;
using ScFm.Model.Cells;
using ScFm.Model.Corpora;
using ScFm.Model.Tasks.Annotation.Heads;
using ScFm.Model.Training;

namespace ScFm.Model.Tasks.Annotation.Annotators;

/// <summary>A classification head on a scFoundation or a Geneformer.</summary>
/// <example><code>
/// var annotator = new HeadAnnotator(new() { Encoder = EncoderKind.Geneformer, Head = new() { Tuned = HeadTuning.Lora } });
/// using var classifier = annotator.Fit(labelled, unlabelled, seed: 1);
/// </code></example>
public sealed class HeadAnnotator : IAnnotator
{
    private static readonly JsonSerializerOptions readable = new() { Converters = { new JsonStringEnumConverter() }, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private readonly HeadAnnotatorOptions options;
    private readonly Lazy<string?> modelIdentity;

    /// <summary>Makes the annotator.</summary>
    /// <param name="options">Model, pretraining and head. Default: two layers on a frozen tiny scFoundation, pretrained on the cells at hand.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public HeadAnnotator(HeadAnnotatorOptions? options = null)
    {
        var given = Options.Validate(options ?? new());
        given.Head.Validated();
        this.options = given with { Pretrain = given.Pretrains, Pretraining = Options.Validate(given.Pretraining ?? HeadAnnotatorOptions.Usual(given.Encoder)) };
        modelIdentity = new Lazy<string?>(() => PlannedModelFile.Identity(given.Model));
    }

    /// <inheritdoc/>
    public string Name => string.Join(", ", ((string?[])
    [
        options.Encoder == EncoderKind.ScFoundation ? "scFoundation" : "Geneformer",
        options.Preset is "tiny" || options.Model is not null ? null : options.Preset,
        StartingModels.Words(options.Pretrains, options.Model is not null),
        options.Head.Tuned switch { HeadTuning.LastBlocks => options.Head.LastBlocks == 1 ? "last block" : $"last {options.Head.LastBlocks} blocks", HeadTuning.Lora => "LoRA", _ => "frozen" },
        options.Head.Kind == HeadKind.Linear ? "linear head" : "MLP head",
    ]).OfType<string>());

    /// <inheritdoc/>
    /// <remarks>A model's file stands there by its content.</remarks>
    public string Settings => Describe(options with { Folder = null, Model = modelIdentity.Value });

    /// <inheritdoc/>
    public ICellClassifier Fit(LabelledCells cells, ICellSource? unlabelled, int seed, IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        TypeCounts.Of(cells); // refuses what cannot be learnt before anything is pretrained
        var start = StartingEncoder.Of(options, unlabelled ?? cells.Cells, seed, progress, cancellation);
        var head = options.Head with { Training = options.Head.Training with { Seed = seed }, EncoderFile = options.Pretrains ? null : options.Model };
        var encoder = CellEncoders.Of(start.Model, options.Reading);
        using var module = encoder.Module;
        var learnt = start.IsRandom ? 0 : module.parameters().Sum(parameter => parameter.numel());
        var classifier = HeadClassifier.FineTune(encoder, cells, head, checkpoint: null, progress, cancellation);
        var inEncoder = head.Tuned == HeadTuning.LastBlocks ? classifier.Encoder.Module.parameters().Where(parameter => parameter.requires_grad).Sum(parameter => parameter.numel()) : 0;
        classifier.Fit = start.With(classifier.Fit, classifier.Fit.Parameters + learnt - (learnt > 0 ? inEncoder : 0)); // what is learnt again is no other number
        return classifier;
    }

    /// <summary>Options as readable text.</summary>
    internal static string Describe(HeadAnnotatorOptions options) => JsonSerializer.Serialize(options, readable);
}
