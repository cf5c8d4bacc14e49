using System.ComponentModel.DataAnnotations;
using ScFm.Model.Cells;
using ScFm.Model.Nn;
using ScFm.Model.Training;

namespace ScFm.Model.Models.ScBert;

/// <summary>How an scBERT is pretrained; <see cref="Preset"/> holds known sizes.</summary>
public sealed record ScBertOptions
{
    /// <summary>The names of the presets, smallest first.</summary>
    public static IReadOnlyList<string> Presets { get; } = ["tiny", "small", "published"];

    /// <summary>The sizes of a new model. Default: the published ones.</summary>
    public ScBertConfig Config { get; init; } = new();

    /// <summary>The genes of a new model. Default: <see cref="VariableGenes"/> of the training cells.</summary>
    public GeneVocabulary? Genes { get; init; }

    /// <summary>Without given genes: how many of those whose bins vary most between training cells, 0 or more; 0 takes all that <see cref="LeastCells"/> of them express. Default: 0.</summary>
    [Range(0, 1_000_000)] public int VariableGenes { get; init; }

    /// <summary>Without given genes: the number of training cells that must express a gene, 1 or more. Default: 10.</summary>
    [Range(1, int.MaxValue)] public int LeastCells { get; init; } = 10;

    /// <summary>The vectors of <see cref="GeneVectorKind.Given"/>, as wide as a token; genes without one are left out. Default: none.</summary>
    public GeneVectors? Vectors { get; init; }

    /// <summary>A model whose training goes on; it stays as it is, and a copy is trained. Its sizes and genes are taken. Default: none, a new model.</summary>
    public ScBertModel? StartFrom { get; init; }

    /// <summary>Other names of genes, used where the genes are given. Default: none.</summary>
    public GeneAliases? Aliases { get; init; }

    /// <summary>Share of the cells that is never trained on, above 0 and below 1. Default: 0.05, as published.</summary>
    [Range(0.001, 0.9)] public double HeldOutShare { get; init; } = 0.05;

    /// <summary>How bins are hidden.</summary>
    public BinMaskingOptions Masking { get; init; } = new();

    /// <summary>What the blocks' matrix products compute in. Default: float32.</summary>
    public Precision Precision { get; init; }

    /// <summary>True to compute each block a second time in the backward pass, which saves memory; see <see cref="ActivationCheckpoint"/>. Default: false.</summary>
    public bool RecomputeActivations { get; init; }

    /// <summary>
    /// How the weights are trained; its seed also fixes split, masks and first weights. Default: 5 epochs, 3 cells a pass and 60 passes a step, learning rate
    /// 0.0001 after 5 steps of warm-up; published: the same batches and rate for up to 100 epochs, on several processors.
    /// </summary>
    public TrainingOptions Training { get; init; } = new() { Epochs = 5, BatchSize = 3, Accumulation = 60, LearningRate = 1e-4, WarmUpSteps = 5, Patience = 0 };

    /// <summary>
    /// Known sizes: tiny (2 blocks of 32, 4 heads of 8, 2,000 variable genes) and small (3 blocks of 96, 6 heads of 16, 4,000 variable genes) train on two cores in
    /// minutes and in hours; published has 6 blocks of 200, 10 heads of 64, and all genes.
    /// </summary>
    /// <param name="name">One of <see cref="Presets"/>.</param>
    /// <exception cref="ArgumentException">There is no such preset.</exception>
    public static ScBertOptions Preset(string name) => name switch
    {
        "tiny" => new()
        {
            Config = new() { Width = 32, Layers = 2, Heads = 4, HeadWidth = 8, RedrawInterval = 0 }, // few steps: fixed features
            VariableGenes = 2000,
            Training = new() { Epochs = 2, BatchSize = 8, LearningRate = 2e-3, WarmUpSteps = 50, Patience = 0 },
        },
        "small" => new()
        {
            Config = new() { Width = 96, Layers = 3, Heads = 6, HeadWidth = 16 },
            VariableGenes = 4000,
            Training = new() { Epochs = 5, BatchSize = 8, LearningRate = 1e-3, WarmUpSteps = 100, Patience = 0 },
        },
        "published" => new(),
        _ => throw new ArgumentException($"There is no preset '{name}'; expected one of {string.Join(", ", Presets)}."),
    };

    /// <summary>Checks every range, also of sizes, masks and training, and that the options fit each other.</summary>
    /// <exception cref="ArgumentException">A value is out of range, or two options exclude each other.</exception>
    public ScBertOptions Validated()
    {
        Options.Validate(this);
        Config.Validated();
        Options.Validate(Masking);
        Options.Validate(Training);
        return this switch
        {
            { StartFrom: not null, Genes: not null } or { StartFrom: not null, Vectors: not null } =>
                throw new ArgumentException("Genes or vectors are given beside StartFrom; expected one of them: a trained model has its genes and their vectors."),
            { StartFrom: null, Config.GeneVectors: GeneVectorKind.Given, Vectors: null } =>
                throw new ArgumentException("The sizes ask for given gene vectors and there are none; expected them in Vectors."),
            { Vectors: not null, Config.GeneVectors: not GeneVectorKind.Given } =>
                throw new ArgumentException($"Gene vectors are given, but the sizes ask for {Config.GeneVectors}; expected {GeneVectorKind.Given}."),
            { Vectors: { } vectors } when vectors.Width != Config.Width =>
                throw new ArgumentException($"The gene vectors are {vectors.Width} wide; expected {Config.Width}, the width of a token."),
            _ => this,
        };
    }
}
