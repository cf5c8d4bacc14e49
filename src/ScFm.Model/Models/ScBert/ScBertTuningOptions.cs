using System.ComponentModel.DataAnnotations;
using ScFm.Model.Cells;
using ScFm.Model.Corpora;
using ScFm.Model.Nn;
using ScFm.Model.Training;

namespace ScFm.Model.Models.ScBert;

/// <summary>How an scBERT is fine-tuned to tell cell types.</summary>
public sealed record ScBertTuningOptions
{
    /// <summary>What is trained beside the head and the final norm. Default: the second to last block, as the published code does.</summary>
    public TunedBlocks Tuned { get; init; }

    /// <summary>True to let a cell count the more the rarer its type, by (1 - the type's share)^2. The published code computes these weights and does not use them. Default: false.</summary>
    public bool Balanced { get; init; }

    /// <summary>Share of each type's labelled cells that is not learnt from, to stop early on; 0 to below 1, and with 0 the training cells are taken. Default: 0.1.</summary>
    [Range(0, 0.9)] public double ValidationShare { get; init; } = ValidationPart.UsualShare;

    /// <summary>Other names of genes, which the classifier keeps. Default: none.</summary>
    public GeneAliases? Aliases { get; init; }

    /// <summary>What the blocks' matrix products compute in. Default: float32.</summary>
    public Precision Precision { get; init; }

    /// <summary>True to compute each block a second time in the backward pass, which saves memory. Default: false.</summary>
    public bool RecomputeActivations { get; init; }

    /// <summary>
    /// How the weights are trained; its seed also fixes the head's first weights and which cells are not learnt from. Default: up to 5 epochs or 500 steps, 16 cells a step,
    /// learning rate 0.0005 after 50 steps of warm-up, or a fifth of the steps where these are few, weight decay 1 (the head learns few cells by heart), stopped after 2 validations
    /// without a lower loss. Published: 3 cells a pass, 60 passes a step, 0.0001, up to 100 epochs.
    /// </summary>
    public TrainingOptions Training { get; init; } = new() { Epochs = 5, LeastSteps = 500, BatchSize = 16, LearningRate = 5e-4, WeightDecay = 1, WarmUpSteps = 50, Patience = 2 };

    /// <summary>Checks every range.</summary>
    /// <exception cref="ArgumentException">A value is out of range.</exception>
    public ScBertTuningOptions Validated()
    {
        Options.Validate(this);
        Options.Validate(Training);
        return this;
    }
}
