using ScFm.Model.Cells;
using ScFm.Model.Models.ScGpt;
using static TorchSharp.torch;

namespace ScFm.Model.Tasks.Annotation.Annotators;

/// <summary>A scGPT that was fine-tuned for cell types.</summary>
public sealed class ScGptClassifier : ICellClassifier
{
    /// <summary>The part of a file's header that says it is one.</summary>
    internal const string DescriptionKey = "scgpt-classifier";

    /// <summary>What stands beside the model in the file.</summary>
    private sealed record Description(ClassifierFit Fit, GeneAliases? Aliases);

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

    /// <inheritdoc/>
    public IReadOnlyList<nn.Module> Networks => Model.Networks;

    /// <summary>Other names that it finds genes by; null where it knows none.</summary>
    public GeneAliases? Aliases { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Types => Model.Types;

    /// <inheritdoc/>
    public GeneVocabulary Genes => Model.Vocabulary.Genes;

    /// <inheritdoc/>
    public ClassifierFit Fit { get; }

    /// <inheritdoc/>
    public DenseMatrix Probabilities(ICellSource cells, CancellationToken cancellation = default) => Model.TypeProbabilities(cells, Aliases, cancellation: cancellation);

    /// <summary>Writes one safetensors file: the model's, with what fitting came to and other names of its genes.</summary>
    /// <param name="path">The file; it appears whole or not at all.</param>
    public void Save(string path) => Model.Save(path, ClassifierFile.Header(DescriptionKey, new Description(Fit, Aliases)));

    /// <summary>Reads a file that <see cref="Save"/> wrote.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged or holds something else.</exception>
    public static ScGptClassifier Load(string path)
    {
        var (fit, aliases) = ClassifierFile.Describe<Description>(path, DescriptionKey);
        return fit is not null && ScGptModel.Load(path) is { Types.Count: > 0 } model ? new ScGptClassifier(model, fit, aliases) : throw ClassifierFile.Wrong(path, DescriptionKey);
    }

    /// <inheritdoc/>
    public void Dispose() => Model.Module.Dispose();
}
