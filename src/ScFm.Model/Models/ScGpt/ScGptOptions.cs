using System.ComponentModel.DataAnnotations;
using ScFm.Model.Cells;
using ScFm.Model.Nn;
using ScFm.Model.Training;

namespace ScFm.Model.Models.ScGpt;

/// <summary>How a scGPT is pretrained, or a copy of a trained one trained further without types.</summary>
public sealed record ScGptOptions
{
    /// <summary>The shape of a new model. Default: the published one; <see cref="ScGptConfig.Tiny"/> trains in minutes.</summary>
    public ScGptConfig Config { get; init; } = new();

    /// <summary>The genes of a new model. Default: those that at least <see cref="LeastCells"/> of the training cells express.</summary>
    public ScGptVocabulary? Vocabulary { get; init; }

    /// <summary>Only so many of the most variable genes of the training cells, by SeuratV3; null takes all. Default: null; the published scripts take 1,200 to 3,000 to fine-tune.</summary>
    [Range(1, int.MaxValue)] public int? VariableGenes { get; init; }

    /// <summary>
    /// A model whose training goes on; it stays as it is, and a copy is trained. Sizes and genes are its own; decoders, batches and norms are those of <see cref="Config"/>, and new where it has
    /// none. Default: none, a new model.
    /// </summary>
    public ScGptModel? StartFrom { get; init; }

    /// <summary>The column of obs that tells the cells' batches, where the model is to know them. Default: none.</summary>
    public string? BatchColumn { get; init; }

    /// <summary>Other names of genes. Default: none.</summary>
    public GeneAliases? Aliases { get; init; }

    /// <summary>Without given genes: the number of training cells that must express a gene, 1 or more. Default: 10.</summary>
    [Range(1, int.MaxValue)] public int LeastCells { get; init; } = 10;

    /// <summary>Share of the cells that is never trained on, above 0 and below 1. Default: 0.1.</summary>
    [Range(0.001, 0.9)] public double HeldOutShare { get; init; } = 0.1;

    /// <summary>What it is trained for. Default: hidden values, 40% of a cell's.</summary>
    public ScGptObjective Objective { get; init; } = new();

    /// <summary>What the blocks' matrix products compute in. Default: float32.</summary>
    public Precision Precision { get; init; }

    /// <summary>
    /// How the weights are trained; its seed also fixes split, masks and first weights. Default: 5 epochs, 32 cells a step, learning rate 0.001 falling on a cosine after 50 steps of warm-up;
    /// published: learning rate 0.0001, falling by a tenth an epoch.
    /// </summary>
    public TrainingOptions Training { get; init; } = new() { Epochs = 5, BatchSize = 32, LearningRate = 1e-3, Patience = 0 };

    /// <summary>
    /// Integration of batches as the published script does it: variable genes with their zeros, all of them in every cell, whether a value is above 0, batch labels, a norm a batch, ECS and DAR.
    /// </summary>
    /// <param name="column">The column of obs that tells the batches.</param>
    /// <param name="sizes">Width, depth and heads. Default: tiny.</param>
    /// <param name="variableGenes">How many of the most variable genes, 1 to 65,535. Default: 1,200, as published.</param>
    public static ScGptOptions Integration(string column, ScGptConfig? sizes = null, int variableGenes = 1200) => new()
    {
        Config = (sizes ?? ScGptConfig.Tiny) with { MaxLength = variableGenes + 1, ReadsZeros = true, ZeroProbability = true, BatchLabels = true, Adversary = true, InputNorm = InputNorm.OfBatch },
        VariableGenes = variableGenes,
        BatchColumn = column,
        Objective = ScGptObjective.Integration,
    };

    /// <summary>Checks every range, also of shape, objective and training, and that the options fit each other.</summary>
    /// <exception cref="ArgumentException">A value is out of range, or two options exclude each other.</exception>
    public ScGptOptions Validated()
    {
        Options.Validate(this);
        Config.Validated();
        Objective.Validated();
        Options.Validate(Training);
        return this switch
        {
            { StartFrom: not null, Vocabulary: not null } => throw new ArgumentException("A vocabulary is given beside StartFrom; expected one of them: a trained model has its genes."),
            { Vocabulary: not null, VariableGenes: not null } => throw new ArgumentException("A vocabulary is given beside VariableGenes; expected one of them."),
            { Objective.HiddenShare: 0 } => throw new ArgumentException("HiddenShare is 0; expected more, since nothing else is learnt without types."),
            { BatchColumn: null, Config.WantsBatches: true } => throw new ArgumentException("The model is to know the cells' batches, and no BatchColumn is named; expected a column of obs."),
            _ => this,
        };
    }
}
