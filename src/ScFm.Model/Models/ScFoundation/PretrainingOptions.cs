using System.ComponentModel.DataAnnotations;
using ScFm.Model.Cells;
using ScFm.Model.Corpora;
using ScFm.Model.Nn;
using ScFm.Model.Training;

namespace ScFm.Model.Models.ScFoundation;

/// <summary>How a scFoundation is pretrained.</summary>
public sealed record PretrainingOptions
{
    /// <summary>The size, one of <see cref="Presets.Names"/>. Default: tiny.</summary>
    public string Preset { get; init; } = "tiny";

    /// <summary>Other sizes than a preset's; the number of genes is that of the vocabulary. Default: those of <see cref="Preset"/>.</summary>
    public ScFoundationConfig? Sizes { get; init; }

    /// <summary>A model whose training goes on, such as a published one; it stays as it is, and a copy is trained. Its sizes and genes are taken. Default: none, a new model.</summary>
    public ScFoundationModel? StartFrom { get; init; }

    /// <summary>
    /// The only encoder blocks that are trained, from 0, negative ones counted from the end; all else is frozen. The reference fine-tunes [-2].
    /// Default: null, everything is trained.
    /// </summary>
    public IReadOnlyList<int>? TrainedBlocks { get; init; }

    /// <summary>Low-rank adapters to train instead of the weights; they are added to the weights of the model that is returned. Default: none.</summary>
    public LoraOptions? Adapters { get; init; }

    /// <summary>What the blocks' matrix products compute in, in training and in the model that is returned. Default: float32.</summary>
    public Precision Precision { get; init; }

    /// <summary>True to compute each block a second time in the backward pass, which saves most of the memory and costs about a third more time. Default: false.</summary>
    public bool RecomputeActivations { get; init; }

    /// <summary>The genes of a new model. Default: those expressed in at least <see cref="LeastCells"/> of the training cells.</summary>
    public GeneVocabulary? Vocabulary { get; init; }

    /// <summary>Other names of genes, used where the vocabulary is given. Default: none.</summary>
    public GeneAliases? Aliases { get; init; }

    /// <summary>Without a vocabulary: the number of cells that must express a gene, 1 or more. Default: 10.</summary>
    [Range(1, int.MaxValue)] public int LeastCells { get; init; } = 10;

    /// <summary>Share of the cells that is never trained on, above 0 and below 1. Default: 0.1.</summary>
    [Range(0.001, 0.9)] public double HeldOutShare { get; init; } = 0.1;

    /// <summary>Cells that are held out at most, 1 or more; their examples are kept in memory. Default: 10,000.</summary>
    [Range(1, int.MaxValue)] public int MostHeldOut { get; init; } = 10_000;

    /// <summary>Which cells these are. Default: any; published: such with high counts.</summary>
    public HeldOutCells HeldOut { get; init; }

    /// <summary>With <see cref="HeldOutCells.HighCount"/>: the counts that a held-out cell has at least; 0 holds out the cells with the most. Default: 0.</summary>
    [Range(0, double.MaxValue)] public double HeldOutLeastCounts { get; init; }

    /// <summary>True to start a new model's vectors from the training cells' principal components instead of from noise; of more than 20,000 cells, from those of 20,000 of them. Default: true.</summary>
    public bool WarmStart { get; init; } = true;

    /// <summary>How the training cells are drawn. Default: each once an epoch, those of like length together.</summary>
    public SamplingOptions Sampling { get; init; } = new();

    /// <summary>How cells are thinned and masked.</summary>
    public ReadDepthOptions ReadDepth { get; init; } = new();

    /// <summary>How the weights are trained; its seed also fixes the split and the first weights.</summary>
    public TrainingOptions Training { get; init; } = new();

    /// <summary>The sizes of a new model with so many genes.</summary>
    internal ScFoundationConfig SizesFor(int genes) => Sizes is null ? Presets.Find(Preset, genes) : Sizes with { Genes = genes };

    /// <summary>True where no weight is frozen.</summary>
    internal bool TrainsAll => TrainedBlocks is null && Adapters is null;

    /// <summary>Checks every range, also of sampling, masks and training, and that the options fit each other.</summary>
    /// <exception cref="ArgumentException">A value is out of range, or two options exclude each other; the message says what is allowed.</exception>
    public PretrainingOptions Validated()
    {
        Options.Validate(this);
        Sampling.Validated();
        ReadDepth.Validated();
        Options.Validate(Training);
        return this switch
        {
            { StartFrom: not null, Vocabulary: not null } => throw new ArgumentException("Vocabulary is given beside StartFrom; expected one of them: a trained model has its genes."),
            { StartFrom: null, TrainsAll: false } => throw new ArgumentException($"{(Adapters is null ? nameof(TrainedBlocks) : nameof(Adapters))} is given without StartFrom; expected a trained model whose other weights are worth keeping."),
            { TrainedBlocks: not null, Adapters: not null } => throw new ArgumentException("TrainedBlocks is given beside Adapters; expected one of them."),
            _ => this,
        };
    }
}
