using System.Text.Json;
using ScFm.Model.Cells;
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
public sealed class ScFoundationModel
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

    /// <summary>The genes, in the order of the network's positions.</summary>
    public GeneVocabulary Vocabulary { get; }

    /// <summary>How it was pretrained; null for a model that was made or loaded.</summary>
    public PretrainingReport? Report { get; init; }

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

    /// <summary>Writes a folder: model.safetensors under the published names, config.json and vocabulary.json.</summary>
    public void Save(string folder)
    {
        Directory.CreateDirectory(folder);
        AtomicFile.WriteText(Path.Combine(folder, ConfigFile), JsonSerializer.Serialize(Config, Indented));
        Vocabulary.Save(Path.Combine(folder, VocabularyFile));
        var weights = Module.state_dict().ToDictionary(p => CheckpointNames.ToPublished(p.Key), p => p.Value);
        Safetensors.Write(Path.Combine(folder, WeightsFile), weights);
    }

    /// <summary>Reads a folder that <see cref="Save"/> wrote.</summary>
    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    /// <exception cref="InvalidDataException">The weights do not fit the sizes; the message lists all that differ.</exception>
    public static ScFoundationModel Load(string folder)
    {
        var configPath = Path.Combine(folder, ConfigFile);
        if (!File.Exists(configPath))
        {
            throw new FileNotFoundException($"'{folder}' holds no {ConfigFile}; expected a folder that a model was saved to.", configPath);
        }
        var (config, vocabulary) = (ReadConfig(configPath), GeneVocabulary.Read(Path.Combine(folder, VocabularyFile)));
        if (vocabulary.Count != config.Genes)
        {
            throw new InvalidDataException($"'{folder}' has a {VocabularyFile} of {vocabulary.Count} genes; expected {config.Genes}, as its {ConfigFile}.");
        }
        var model = Create(config, vocabulary);
        var weightsPath = Path.Combine(folder, WeightsFile);
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
