using System.Text.Json;
using ScFm.Model.Corpora;
using ScFm.Model.Files;
using ScFm.Model.Files.PyTorch;
using ScFm.Model.Models.ScVi;
using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Models.ScGpt;

public sealed partial class ScGptModel
{
    private const string ConfigFile = "args.json";
    private const string WeightsFile = "best_model.pt";
    private const string VocabularyFile = "vocab.json";

    /// <summary>The part of a file's header that says it is a scGPT.</summary>
    internal const string DescriptionKey = "scgpt";

    /// <summary>What stands beside the weights in the file.</summary>
    private sealed record Description(ScGptConfig Config, string[] Tokens, string?[]? Ids, string[] Types, string? BatchColumn, string[] BatchLabels);

    /// <summary>Writes one safetensors file: the weights under the reference's names, and shape, tokens, types, batches and the recipe of its corpus as JSON in its header.</summary>
    /// <param name="path">The file; it appears whole or not at all.</param>
    public void Save(string path) => Save(path, new Dictionary<string, string>());

    /// <summary>Reads a file that <see cref="Save(string)"/> wrote.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged or holds something else; where weights do not fit the shape, the message lists all that differ.</exception>
    public static ScGptModel Load(string path)
    {
        var model = Describe(path, Safetensors.ReadMetadata(path));
        using var scope = NewDisposeScope();
        model.Module.LoadPublished(Safetensors.Read(path).Tensors, path);
        model.Module.eval();
        return model;
    }

    /// <summary>True for a folder that holds a published model.</summary>
    public static bool IsPublished(string folder) => File.Exists(Path.Combine(folder, ConfigFile)) && File.Exists(Path.Combine(folder, VocabularyFile));

    /// <summary>Reads a published model: a folder with args.json, vocab.json and best_model.pt.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>The model with the heads that the file has; its types and batches are numbered, since the published files do not name them.</returns>
    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    /// <exception cref="InvalidDataException">A file is damaged or describes another kind of model, or they do not fit; the message lists all that differ.</exception>
    public static ScGptModel OpenPublished(string folder)
    {
        foreach (var name in (string[])[ConfigFile, VocabularyFile, WeightsFile])
        {
            if (!File.Exists(Path.Combine(folder, name)))
            {
                throw new FileNotFoundException($"'{folder}' has no {name}; expected the folder of a published scGPT, with {ConfigFile}, {VocabularyFile} and {WeightsFile}.", Path.Combine(folder, name));
            }
        }
        var path = Path.Combine(folder, WeightsFile);
        using var checkpoint = PyTorchCheckpoint.Open(path);
        var written = PublishedWeights.ToOwn(checkpoint.Tensors());
        var vocabulary = ReadVocabulary(Path.Combine(folder, VocabularyFile));
        var (config, types, batches) = PublishedConfig.Read(Path.Combine(folder, ConfigFile), written.ToDictionary(weight => weight.Key, weight => weight.Value.Shape));
        WeightRoom.Require(config.LeastWeights(vocabulary.Count), path);
        string[] Numbered(string kind, int count) => [.. Enumerable.Range(0, count).Select(i => $"{kind} {i}")];
        var tellsTypes = types > 1; // a head for a single type is what the reference makes where it needs none
        var model = Create(config, vocabulary, tellsTypes ? Numbered("type", types) : [], batches > 0 ? new CellBatches("batch", Numbered("batch", batches)) : NoBatches, seed: 0);
        using var scope = NewDisposeScope();
        model.Module.LoadPublished(
            written.Where(weight => tellsTypes || !weight.Key.StartsWith("cls_decoder.", StringComparison.Ordinal)).ToDictionary(weight => weight.Key, weight => weight.Value.ToTensor()), path);
        model.Module.eval();
        return model;
    }

    /// <summary>Writes the model with more in the header.</summary>
    internal void Save(string path, IReadOnlyDictionary<string, string> more)
    {
        var description = new Description(Config, [.. Vocabulary.Names], Vocabulary.IdsOfTokens(), [.. Types], batches.Column, batches.Labels);
        var metadata = new Dictionary<string, string>(more) { [DescriptionKey] = JsonSerializer.Serialize(description) };
        if (Recipe is not null)
        {
            metadata[Recipe.Key] = Recipe.ToJson();
        }
        Safetensors.Write(path, Module.state_dict(), metadata);
    }

    /// <summary>The model of a file, its weights still random.</summary>
    private static ScGptModel Describe(string path, Dictionary<string, string> metadata) => ModelHeader.Read<Description, ScGptModel>(path, metadata, DescriptionKey, "scGPT", found =>
    {
        if (found is not { Config: { } config, Tokens: { } tokens, Types: { } types, BatchLabels.Length: > 0 })
        {
            return null;
        }
        WeightRoom.Require(config.Validated().LeastWeights(tokens.Length), path);
        return new ScGptModel(Create(config, new ScGptVocabulary(tokens, found.Ids), types, new CellBatches(found.BatchColumn, found.BatchLabels), seed: 0)) { Recipe = Recipe.Of(metadata) };
    });

    private static ScGptVocabulary ReadVocabulary(string path)
    {
        try
        {
            var places = JsonSerializer.Deserialize<Dictionary<string, int>>(File.ReadAllText(path)) ?? [];
            var names = new string?[places.Count];
            foreach (var (name, token) in places)
            {
                if (token < 0 || token >= names.Length || names[token] is not null)
                {
                    throw new InvalidDataException($"'{path}' gives '{name}' the token {token}; expected the whole numbers 0 to {names.Length - 1}, each once.");
                }
                names[token] = name;
            }
            return new ScGptVocabulary([.. names.OfType<string>()]);
        }
        catch (Exception error) when (error is JsonException or ArgumentException)
        {
            throw new InvalidDataException($"'{path}' does not hold the vocabulary of a scGPT: {error.Message}", error);
        }
    }
}
