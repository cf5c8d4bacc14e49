using ScFm.Model.Cells;
using ScFm.Model.Corpora;
using ScFm.Model.Models.ScVi;
using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Models.ScGpt;

/// <summary>A scGPT with the genes, types and batches it knows: what is trained, fine-tuned, saved, loaded and used.</summary>
/// <remarks>Source: scGPT (Cui et al. 2024).</remarks>
/// <example><code>
/// var model = ScGptModel.Train(cells, new ScGptOptions { Config = ScGptConfig.Tiny, VariableGenes = 2000 });
/// cells.Obsm["X_scgpt"] = model.Embed(cells);
/// model.Save("pbmc.safetensors");
/// </code></example>
public sealed partial class ScGptModel : IModel
{
    private readonly CellBatches batches;

    /// <summary>Joins a module with what its outputs mean.</summary>
    internal ScGptModel(ScGptModule module, ScGptVocabulary vocabulary, IReadOnlyList<string> types, CellBatches batches) =>
        (Module, Vocabulary, Types, this.batches) = (module, vocabulary, types, batches);

    /// <summary>The same model, of which more is to be said.</summary>
    private ScGptModel(ScGptModel model) : this(model.Module, model.Vocabulary, model.Types, model.batches)
    {
    }

    /// <summary>The network.</summary>
    public ScGptModule Module { get; }

    /// <inheritdoc/>
    public IReadOnlyList<nn.Module> Networks => [Module];

    /// <summary>The genes and their tokens.</summary>
    public ScGptVocabulary Vocabulary { get; }

    /// <summary>The cell types that it tells; empty where it was not fine-tuned for any.</summary>
    public IReadOnlyList<string> Types { get; }

    /// <summary>The shape.</summary>
    public ScGptConfig Config => Module.Config;

    /// <summary>The column of obs that tells the batches; null where the model knows none.</summary>
    public string? BatchColumn => batches.Column;

    /// <summary>The labels of the batches it knows; empty where it knows none.</summary>
    public IReadOnlyList<string> BatchLabels => batches.Column is null ? [] : batches.Labels;

    /// <summary>How the cells it was last trained on were chosen; null where they were not taken from a <see cref="Corpus"/>.</summary>
    public Recipe? Recipe { get; private init; }

    /// <summary>How it was trained; null for a model that was made or loaded.</summary>
    public ScGptReport? Report { get; private init; }

    /// <summary>A model with random weights that knows no types and no batches.</summary>
    /// <param name="config">Shape.</param>
    /// <param name="vocabulary">Genes.</param>
    /// <param name="seed">Seed of the weights. Default: 0.</param>
    public static ScGptModel Create(ScGptConfig config, ScGptVocabulary vocabulary, int seed = 0) => Create(config, vocabulary, [], NoBatches, seed);

    /// <summary>All cells as one batch.</summary>
    private static CellBatches NoBatches => new(null, [""]);

    private static ScGptModel Create(ScGptConfig config, ScGptVocabulary vocabulary, IReadOnlyList<string> types, CellBatches batches, int seed)
    {
        manual_seed(seed);
        return new ScGptModel(new ScGptModule(config, vocabulary, types.Count, config.WantsBatches ? batches.Labels.Length : 0), vocabulary, types, batches);
    }

    /// <summary>A shape with the sizes of this model and the heads of another.</summary>
    private ScGptConfig SizesWithHeadsOf(ScGptConfig heads) => heads with
    {
        Width = Config.Width,
        Layers = Config.Layers,
        Heads = Config.Heads,
        FeedForward = Config.FeedForward,
        Bins = Config.Bins,
        Values = Config.Values,
        ClsValue = Config.ClsValue,
    };
}
