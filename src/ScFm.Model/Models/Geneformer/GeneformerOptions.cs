using System.ComponentModel.DataAnnotations;
using ScFm.Model.Cells;
using ScFm.Model.Nn;
using ScFm.Model.Training;

namespace ScFm.Model.Models.Geneformer;

/// <summary>How a Geneformer is pretrained.</summary>
public sealed record GeneformerOptions
{
    /// <summary>The sizes of a new model. Default: the published model of 6 layers; <see cref="GeneformerConfig.Tiny"/> trains in minutes.</summary>
    public GeneformerConfig Config { get; init; } = new();

    /// <summary>The genes and medians of a new model. Default: those of the training cells, genes that at least <see cref="LeastCells"/> of them express.</summary>
    public GeneformerGenes? Genes { get; init; }

    /// <summary>A model whose training goes on; it stays as it is, and a copy is trained. Its sizes and genes are taken. Default: none, a new model.</summary>
    public GeneformerModel? StartFrom { get; init; }

    /// <summary>Other names of genes, used where the genes are given. Default: none.</summary>
    public GeneAliases? Aliases { get; init; }

    /// <summary>Without given genes: the number of training cells that must express a gene, 1 or more. Default: 10.</summary>
    [Range(1, int.MaxValue)] public int LeastCells { get; init; } = 10;

    /// <summary>Share of the cells that is never trained on, above 0 and below 1. Default: 0.1.</summary>
    [Range(0.001, 0.9)] public double HeldOutShare { get; init; } = 0.1;

    /// <summary>How tokens are hidden.</summary>
    public MaskingOptions Masking { get; init; } = new();

    /// <summary>What the blocks' matrix products compute in. Default: float32.</summary>
    public Precision Precision { get; init; }

    /// <summary>
    /// How the weights are trained; its seed also fixes split, masks and first weights. Default: 3 epochs, 8 cells a step, learning rate 0.001 falling on a
    /// line to 0 after 50 steps of warm-up, weight decay 0.001 of all but biases and norms. Published: 12 cells a step on each of 12 processors, 10,000 steps of warm-up.
    /// </summary>
    public TrainingOptions Training { get; init; } = new()
    {
        Epochs = 3,
        BatchSize = 8,
        LearningRate = 1e-3,
        WarmUpSteps = 50,
        Decay = RateDecay.Linear,
        FinalRate = 0,
        WeightDecay = 1e-3,
        Patience = 0,
    };

    /// <summary>Checks every range, also of sizes, masks and training, and that the options fit each other.</summary>
    /// <exception cref="ArgumentException">A value is out of range, or two options exclude each other.</exception>
    public GeneformerOptions Validated()
    {
        Options.Validate(this);
        Config.Validated();
        Masking.Validated();
        Options.Validate(Training);
        return this is { StartFrom: not null, Genes: not null }
            ? throw new ArgumentException("Genes are given beside StartFrom; expected one of them: a trained model has its genes.")
            : this;
    }
}
