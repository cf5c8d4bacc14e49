using System.Text.Json;
using ScFm.Model.Cells;
using ScFm.Model.Files;
using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Models.Geneformer;

public sealed partial class GeneformerModel
{
    /// <summary>The part of a file's header that says it is a Geneformer.</summary>
    internal const string DescriptionKey = "geneformer";

    /// <summary>What stands beside the weights in the file.</summary>
    private sealed record Description(GeneformerConfig Config, string[] Genes, string?[]? Ids, double[] Medians);

    /// <summary>Writes one safetensors file: the weights under their published names, and sizes, genes and medians as JSON in its header.</summary>
    /// <param name="path">The file; it appears whole or not at all.</param>
    public void Save(string path)
    {
        using var scope = NewDisposeScope();
        var description = new Description(Config, [.. Genes.Vocabulary.Names], Genes.Vocabulary.Ids is { } ids ? [.. ids] : null, [.. Genes.Medians]);
        Safetensors.Write(path, CheckpointNames.ToPublished(Module.state_dict()), new Dictionary<string, string> { [DescriptionKey] = JsonSerializer.Serialize(description) });
    }

    /// <summary>Reads a file that <see cref="Save"/> wrote.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged or holds something else; where weights do not fit the sizes, the message lists all that differ.</exception>
    public static GeneformerModel Load(string path)
    {
        var model = Describe(path, Safetensors.ReadMetadata(path));
        using var scope = NewDisposeScope();
        var (weights, _) = Safetensors.Read(path);
        model.Module.LoadPublished(weights, path);
        model.Module.eval();
        return model;
    }

    /// <summary>The model of a file, its weights still random.</summary>
    private static GeneformerModel Describe(string path, Dictionary<string, string> metadata)
    {
        try
        {
            var found = metadata.TryGetValue(DescriptionKey, out var json) ? JsonSerializer.Deserialize<Description>(json) : null;
            return found is { Config: { } config, Genes: { } genes, Medians: { } medians }
                ? Create(config, new GeneformerGenes(new GeneVocabulary(genes, found.Ids), medians))
                : throw new InvalidDataException($"'{path}' describes no Geneformer; expected a file that such a model was saved to.");
        }
        catch (Exception error) when (error is JsonException or ArgumentException)
        {
            throw new InvalidDataException($"'{path}' describes a Geneformer that cannot be: {error.Message}", error);
        }
    }
}
