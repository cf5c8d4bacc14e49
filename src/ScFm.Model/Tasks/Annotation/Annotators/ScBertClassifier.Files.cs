using System.Text.Json;
using ScFm.Model.Cells;
using ScFm.Model.Files;
using ScFm.Model.Models.ScBert;
using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Tasks.Annotation.Annotators;

public sealed partial class ScBertClassifier
{
    /// <summary>The part of a file's header that says it is a fine-tuned scBERT.</summary>
    internal const string DescriptionKey = "scbert-classifier";

    private static readonly JsonSerializerOptions format = new() { NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals };

    /// <summary>What stands beside the weights in the file, apart from what describes the model itself.</summary>
    private sealed record Description(string[] Types, ClassifierFit Fit);

    /// <summary>Writes one safetensors file: the weights under their published names, and sizes, genes, types and what the fitting came to as JSON in its header.</summary>
    /// <param name="path">The file; it appears whole or not at all.</param>
    public void Save(string path)
    {
        using var scope = NewDisposeScope();
        Safetensors.Write(path, CheckpointNames.Of(module.Body, module.Head), new Dictionary<string, string>
        {
            [DescriptionKey] = JsonSerializer.Serialize(new Description([.. Types], Fit), format),
            [ScBertModel.DescriptionKey] = new ScBertModel(module.Body, genes).Describe(),
        });
    }

    /// <summary>Reads a file that <see cref="Save"/> wrote.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged or holds something else; where weights do not fit the sizes, the message lists all that differ.</exception>
    public static ScBertClassifier Load(string path)
    {
        var metadata = Safetensors.ReadMetadata(path);
        var model = ScBertModel.Described(metadata.GetValueOrDefault(ScBertModel.DescriptionKey), path);
        var found = Describe(metadata, path);
        return Filled(model, found.Types, found.Fit, () => Safetensors.Read(path).Tensors, path);
    }

    /// <summary>Reads a published fine-tuned model: a checkpoint of the reference's fine-tuning.</summary>
    /// <param name="path">The checkpoint; its sizes are read off its weights.</param>
    /// <param name="genes">Its genes in its order, which it does not hold.</param>
    /// <param name="types">Its types in its order, which stand in a file beside it.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, holds another kind of model, or one of other numbers of genes or types.</exception>
    public static ScBertClassifier OpenPublished(string path, GeneVocabulary genes, IReadOnlyList<string> types)
    {
        using var checkpoint = PublishedCheckpoint.Open(path);
        return Filled(checkpoint.Sized(genes), types, new ClassifierFit(checkpoint.Parameters, double.NaN, ["published"]), checkpoint.Read, path);
    }

    private static ScBertClassifier Filled(ScBertModel model, IReadOnlyList<string> types, ClassifierFit fit, Func<Dictionary<string, Tensor>> read, string path)
    {
        var module = new ScBertClassifierModule(model.Module, Head(model, types.Count, seed: 0));
        using var scope = NewDisposeScope();
        PublishedWeights.Load(CheckpointNames.Of(module.Body, module.Head), read(), path);
        module.eval();
        return new ScBertClassifier(module, model.Genes, types, fit);
    }

    private static Description Describe(Dictionary<string, string> metadata, string path)
    {
        try
        {
            return metadata.TryGetValue(DescriptionKey, out var json) && JsonSerializer.Deserialize<Description>(json, format) is { Types.Length: > 0, Fit: not null } found
                ? found
                : throw new InvalidDataException($"'{path}' describes no fine-tuned scBERT; expected a file that such a classifier was saved to.");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"'{path}' describes a fine-tuned scBERT that cannot be: {error.Message}", error);
        }
    }
}
