using System.Text.Json;
using ScFm.Model.Cells;
using ScFm.Model.Corpora;
using ScFm.Model.Files;
using ScFm.Model.Files.PyTorch;
using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Models.Geneformer;

public sealed partial class GeneformerModel
{
    private const string ConfigFile = "config.json";
    private const string WeightsFile = "model.safetensors";
    private const string OlderWeightsFile = "pytorch_model.bin";

    /// <summary>The part of a file's header that says it is a Geneformer.</summary>
    internal const string DescriptionKey = "geneformer";

    /// <summary>What stands beside the weights in the file.</summary>
    private sealed record Description(GeneformerConfig Config, string[] Genes, string?[]? Ids, double[] Medians);

    /// <summary>Writes one safetensors file: the weights under their published names, and sizes, genes, medians and the recipe of its corpus as JSON in its header.</summary>
    /// <param name="path">The file; it appears whole or not at all.</param>
    public void Save(string path)
    {
        using var scope = NewDisposeScope();
        var description = new Description(Config, [.. Genes.Vocabulary.Names], Genes.Vocabulary.Ids is { } ids ? [.. ids] : null, [.. Genes.Medians]);
        var metadata = new Dictionary<string, string> { [DescriptionKey] = JsonSerializer.Serialize(description) };
        if (Recipe is not null)
        {
            metadata[Recipe.Key] = Recipe.ToJson();
        }
        Safetensors.Write(path, CheckpointNames.ToPublished(Module.state_dict()), metadata);
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

    /// <summary>Reads a published model: a folder with config.json and model.safetensors or pytorch_model.bin.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="genes">Its genes and medians, which the folder does not hold; see <see cref="GeneformerGenes.Read"/>.</param>
    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, describes another kind of model, or does not fit the genes; the message lists all that differ.</exception>
    public static GeneformerModel OpenPublished(string folder, GeneformerGenes genes)
    {
        var configPath = Path.Combine(folder, ConfigFile);
        if (!File.Exists(configPath))
        {
            throw new FileNotFoundException($"'{folder}' has no {ConfigFile}; expected the folder of a published Geneformer.", configPath);
        }
        var (config, tokens) = PublishedConfig.Read(configPath);
        if (tokens != genes.Tokens)
        {
            throw new InvalidDataException($"'{configPath}' has {tokens} tokens; expected {genes.Tokens}, for the {genes.Vocabulary.Count} genes given, padding and mask.");
        }
        var isOlder = !File.Exists(Path.Combine(folder, WeightsFile));
        var path = Path.Combine(folder, isOlder ? OlderWeightsFile : WeightsFile);
        using var checkpoint = isOlder ? PyTorchCheckpoint.Open(path) : null;
        WeightRoom.Require(config.LeastWeights(tokens), path);
        var model = Create(config, genes);
        using var scope = NewDisposeScope();
        if (checkpoint is null)
        {
            model.Module.LoadPublished(Safetensors.Read(path).Tensors, path);
        }
        else
        {
            model.Module.LoadPublished(checkpoint.Tensors().ToDictionary(tensor => tensor.Key, tensor => tensor.Value.ToTensor()), path);
        }
        model.Module.eval();
        return model;
    }

    /// <summary>The model of a file, its weights still random.</summary>
    private static GeneformerModel Describe(string path, Dictionary<string, string> metadata) => ModelHeader.Read<Description, GeneformerModel>(path, metadata, DescriptionKey, "Geneformer", found =>
    {
        if (found is not { Config: { } config, Genes: { } names, Medians: { } medians })
        {
            return null;
        }
        var genes = new GeneformerGenes(new GeneVocabulary(names, found.Ids), medians);
        WeightRoom.Require(config.Validated().LeastWeights(genes.Tokens), path);
        return new GeneformerModel(Create(config, genes).Module, genes) { Recipe = Recipe.Of(metadata) };
    });
}
