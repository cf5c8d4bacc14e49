using System.Text.Json;
using ScFm.Model.Cells;
using ScFm.Model.Corpora;
using ScFm.Model.Files;
using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Models.ScFoundation;

/// <summary>A scFoundation with the genes it knows: what is trained, saved, loaded and used.</summary>
/// <example><code>
/// var model = Pretraining.Run(cells, new PretrainingOptions { Preset = "tiny" });
/// model.Save("my-model");
/// var embedding = Embedding.Run(ScFoundationModel.Load("my-model"), cells);
/// </code></example>
public sealed class ScFoundationModel : IModel
{
    private const string WeightsFile = "model.safetensors";
    private const string ConfigFile = "config.json";
    private const string VocabularyFile = "vocabulary.json";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Joins a module and its genes.</summary>
    /// <exception cref="ArgumentException">The vocabulary has another number of genes than the module.</exception>
    public ScFoundationModel(ScFoundationModule module, GeneVocabulary vocabulary)
    {
        if (vocabulary.Count != module.Config.Genes)
        {
            throw new ArgumentException($"The vocabulary has {vocabulary.Count} genes; expected {module.Config.Genes}, as the model.");
        }
        (Module, Vocabulary) = (module, vocabulary);
    }

    /// <summary>The network.</summary>
    public ScFoundationModule Module { get; }

    /// <inheritdoc/>
    public IReadOnlyList<nn.Module> Networks => [Module];

    /// <summary>The genes, in the order of the network's positions.</summary>
    public GeneVocabulary Vocabulary { get; }

    /// <summary>How it was pretrained; null for a model that was made or loaded.</summary>
    public PretrainingReport? Report { get; init; }

    /// <summary>How the cells were chosen that it learnt from last; saved with it. Null where that is not known.</summary>
    public Recipe? Recipe { get; init; }

    /// <summary>The sizes.</summary>
    public ScFoundationConfig Config => Module.Config;

    /// <summary>A model with random weights.</summary>
    /// <param name="config">Sizes.</param>
    /// <param name="vocabulary">Genes.</param>
    /// <param name="seed">Seed of the weights. Default: 0.</param>
    public static ScFoundationModel Create(ScFoundationConfig config, GeneVocabulary vocabulary, int seed = 0)
    {
        manual_seed(seed);
        return new ScFoundationModel(new ScFoundationModule(config), vocabulary);
    }

    /// <summary>Counts of cells in the order of the vocabulary, and how their genes were found.</summary>
    /// <exception cref="InvalidDataException">The values are not raw counts, or no gene is known.</exception>
    public (CsrMatrix Counts, GeneReport Report) Read(AnnData cells, GeneAliases? aliases = null)
    {
        Counts.Require(cells);
        var (mapped, report) = GeneMapping.Map(cells, Vocabulary, aliases);
        return (mapped.X, report);
    }

    /// <summary>Writes a folder, whole or not at all: model.safetensors under the published names, config.json and vocabulary.json.</summary>
    /// <param name="folder">The folder; a model that is there is replaced once the new one is whole.</param>
    /// <exception cref="IOException">The path is a file, or a folder that holds other things than a model.</exception>
    public void Save(string folder) => AtomicFolder.Write(folder, inside =>
    {
        AtomicFile.WriteText(Path.Combine(inside, ConfigFile), JsonSerializer.Serialize(Config, Indented));
        Vocabulary.Save(Path.Combine(inside, VocabularyFile));
        var weights = Module.state_dict().ToDictionary(p => CheckpointNames.ToPublished(p.Key), p => p.Value);
        Safetensors.Write(Path.Combine(inside, WeightsFile), weights, Recipe is null ? null : new Dictionary<string, string> { [Recipe.Key] = Recipe.ToJson() });
    });

    /// <summary>Reads a model from a published checkpoint, a file that torch.save wrote; see <see cref="PublishedCheckpoint"/>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="key">gene, cell or rde. Default: the only one there is.</param>
    /// <param name="vocabulary">The genes in the order of training; the published file has none. Default: those in the file.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ArgumentException">There is no such version, or the genes are not told.</exception>
    /// <exception cref="InvalidDataException">The file is malformed, or its options, weights or genes do not fit; the message lists all that differ.</exception>
    public static ScFoundationModel OpenPublished(string path, string? key = null, GeneVocabulary? vocabulary = null)
    {
        using var published = PublishedCheckpoint.Open(path);
        return published.Model(key, vocabulary);
    }

    /// <summary>True for a folder that a model was saved to.</summary>
    internal static bool IsSaved(string folder) => File.Exists(Path.Combine(folder, ConfigFile));

    /// <summary>Reads a folder that <see cref="Save"/> wrote.</summary>
    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    /// <param name="folder">The folder.</param>
    /// <param name="vocabulary">The genes that the model is expected to know, in their order. Default: any.</param>
    /// <exception cref="InvalidDataException">The weights do not fit the sizes, or the genes are not those expected; the message lists all that differ.</exception>
    public static ScFoundationModel Load(string folder, GeneVocabulary? vocabulary = null)
    {
        var configPath = Path.Combine(folder, ConfigFile);
        if (!File.Exists(configPath))
        {
            throw new FileNotFoundException($"'{folder}' holds no {ConfigFile}; expected a folder that a model was saved to.", configPath);
        }
        var (config, genes) = (ReadConfig(configPath), GeneVocabulary.Read(Path.Combine(folder, VocabularyFile)));
        if (genes.Count != config.Genes)
        {
            throw new InvalidDataException($"'{folder}' has a {VocabularyFile} of {genes.Count} genes; expected {config.Genes}, as its {ConfigFile}.");
        }
        if (vocabulary is not null)
        {
            GeneOrder.Require(vocabulary, genes, folder);
        }
        var weightsPath = Path.Combine(folder, WeightsFile);
        var recipe = Recipe.Of(Safetensors.ReadMetadata(weightsPath));
        WeightRoom.Require(config.LeastWeights, weightsPath);
        var model = new ScFoundationModel(Create(config, genes).Module, genes) { Recipe = recipe };
        using var scope = NewDisposeScope();
        var (weights, _) = Safetensors.Read(weightsPath);
        model.Module.LoadPublished(weights, weightsPath);
        model.Module.eval();
        return model;
    }

    private static ScFoundationConfig ReadConfig(string path)
    {
        try
        {
            var config = JsonSerializer.Deserialize<ScFoundationConfig>(File.ReadAllText(path));
            return config?.Validated() ?? throw new InvalidDataException($"'{path}' is empty; expected the sizes of a scFoundation.");
        }
        catch (Exception error) when (error is JsonException or ArgumentException)
        {
            throw new InvalidDataException($"'{path}' does not hold the sizes of a scFoundation: {error.Message}", error);
        }
    }
}
