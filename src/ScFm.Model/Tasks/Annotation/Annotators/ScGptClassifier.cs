using System.Text.Json;
using ScFm.Model.Cells;
using ScFm.Model.Files;
using ScFm.Model.Models.ScGpt;

namespace ScFm.Model.Tasks.Annotation.Annotators;

/// <summary>A scGPT that was fine-tuned for cell types.</summary>
public sealed class ScGptClassifier : ICellClassifier
{
    /// <summary>The part of a file's header that says it is one.</summary>
    internal const string DescriptionKey = "scgpt-classifier";

    private const string FitKey = "fit";
    private const string AliasesKey = "aliases";

    /// <summary>Takes a model that tells types.</summary>
    /// <param name="model">The model.</param>
    /// <param name="fit">What its fitting came to.</param>
    /// <param name="aliases">Other names of genes; kept are those that lead to the model's. Default: none.</param>
    /// <exception cref="ArgumentException">It tells none.</exception>
    public ScGptClassifier(ScGptModel model, ClassifierFit fit, GeneAliases? aliases = null) =>
        (Model, Fit, Aliases) = (
            model.Types.Count > 0 ? model : throw new ArgumentException("The model tells no cell types; expected one that was fine-tuned for them.", nameof(model)),
            fit, aliases?.LeadingTo(model.Vocabulary.Genes));

    /// <summary>The model; its vectors of cells serve as an embedding, too.</summary>
    public ScGptModel Model { get; }

    /// <summary>Other names that it finds genes by; null where it knows none.</summary>
    public GeneAliases? Aliases { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Types => Model.Types;

    /// <inheritdoc/>
    public GeneVocabulary Genes => Model.Vocabulary.Genes;

    /// <inheritdoc/>
    public ClassifierFit Fit { get; }

    /// <inheritdoc/>
    public DenseMatrix Probabilities(ICellSource cells, CancellationToken cancellation = default)
    {
        try
        {
            return Model.TypeProbabilities(cells, Aliases, cancellation: cancellation);
        }
        catch (InvalidDataException error)
        {
            throw new ArgumentException(error.Message, nameof(cells), error);
        }
    }

    /// <summary>Writes one safetensors file: the model's, with what fitting came to and other names of its genes.</summary>
    /// <param name="path">The file; it appears whole or not at all.</param>
    public void Save(string path) => Model.Save(
        path, DescriptionKey, new Dictionary<string, string> { [FitKey] = JsonSerializer.Serialize(Fit, Written), [AliasesKey] = JsonSerializer.Serialize(Aliases) });

    /// <summary>Reads a file that <see cref="Save"/> wrote.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged or holds something else.</exception>
    public static ScGptClassifier Load(string path)
    {
        try
        {
            var model = ScGptModel.Load(path, DescriptionKey);
            var metadata = Safetensors.ReadMetadata(path);
            var fit = metadata.TryGetValue(FitKey, out var json) ? JsonSerializer.Deserialize<ClassifierFit>(json, Written) : null;
            var aliases = metadata.TryGetValue(AliasesKey, out var names) ? JsonSerializer.Deserialize<GeneAliases>(names) : null;
            return new ScGptClassifier(model, fit ?? throw new InvalidDataException($"'{path}' does not say what fitting came to; expected a file that a classifier was saved to."), aliases);
        }
        catch (Exception error) when (error is JsonException or ArgumentException)
        {
            throw new InvalidDataException($"'{path}' describes a classifier that cannot be: {error.Message}", error);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Model.Module.Dispose();

    // operations that are not counted are NaN
    private static readonly JsonSerializerOptions Written = new() { NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals };
}
