using System.ComponentModel.DataAnnotations;
using ScFm.Model.Training;

namespace ScFm.Model.Models.Gears;

/// <summary>How a GEARS is trained.</summary>
/// <remarks>Source: GEARS (Roohani et al. 2023) and the scripts of scFoundation (Hao et al. 2024); the defaults are GEARS's where nothing else is said. With a foundation model the published rate is 0.01, in batches of 30.</remarks>
public sealed record GearsOptions
{
    /// <summary>The shape; genes, perturbations and features are taken from the cells. Default: the published one.</summary>
    public GearsConfig Config { get; init; } = new();

    /// <summary>Passes over the training cells, 1 or more; the learning rate is halved after each. Default: 15, as in the scripts of scFoundation; GEARS itself takes 20.</summary>
    [Range(1, 1_000)] public int Epochs { get; init; } = 15;

    /// <summary>Cells in a step, 2 or more. Default: 32.</summary>
    [Range(2, 65_536)] public int BatchSize { get; init; } = 32;

    /// <summary>Parts in which the cells of a step are computed one after the other, 1 or more; the step is the same and the time about threefold. Within a <see cref="MemoryBudget"/> more are taken where a step needs them. Default: 1.</summary>
    /// <remarks>What GEARS itself computes takes the memory of one part. The vectors of a foundation model, [cells, genes, width], are kept for all cells of the step.</remarks>
    [Range(1, 65_536)] public int Parts { get; init; } = 1;

    /// <summary>Learning rate of Adam in the first epoch, above 0. Default: 0.001.</summary>
    [Range(1e-9, 10)] public double LearningRate { get; init; } = 1e-3;

    /// <summary>Weight decay of Adam, 0 or more. Default: 0.0005.</summary>
    [Range(0, 10)] public double WeightDecay { get; init; } = 5e-4;

    /// <summary>Each value of a gradient is brought within this of 0; 0 leaves it. Default: 1.</summary>
    [Range(0, double.MaxValue)] public double ClipValue { get; init; } = 1;

    /// <summary>What a wrong direction of change counts in the loss, 0 or more. Default: 0.001, that of the reference's loss; its training passes 0.1, which changes the loss that is told and, since a sign has no gradient, nothing that is learnt.</summary>
    [Range(0, double.MaxValue)] public double Direction { get; init; } = 1e-3;

    /// <summary>What the error divided by the predicted variance counts in the loss, 0 or more. Default: 1.</summary>
    [Range(0, double.MaxValue)] public double UncertaintyWeight { get; init; } = 1;

    /// <summary>Genes are neighbours whose correlation over the training cells is above this, by its absolute value, 0 to 1. Default: 0.4.</summary>
    [Range(0, 1)] public double CoExpression { get; init; } = 0.4;

    /// <summary>Perturbations are neighbours whose shared gene sets are more than this part of those of either, 0 to 1. Default: 0.1.</summary>
    [Range(0, 1)] public double Alike { get; init; } = 0.1;

    /// <summary>Neighbours of a gene or a perturbation at most, 0 or more. Default: 20.</summary>
    [Range(0, 10_000)] public int Neighbours { get; init; } = 20;

    /// <summary>Control cells that a prediction starts from at most, 1 or more. Default: 100.</summary>
    [Range(1, 1_000_000)] public int PredictedCells { get; init; } = 100;

    /// <summary>True to train the foundation model, too, where there is one. Default: false.</summary>
    public bool TunesFoundation { get; init; }

    /// <summary>Seed of everything random. Default: 0.</summary>
    public int Seed { get; init; }

    /// <summary>The loop's options.</summary>
    /// <param name="choosesEpoch">True to keep the epoch that is best on the validation part.</param>
    internal TrainingOptions Loop(bool choosesEpoch) => new()
    {
        Epochs = Epochs,
        BatchSize = BatchSize,
        LearningRate = LearningRate,
        WeightDecay = WeightDecay,
        Decay = RateDecay.Halving,
        FinalRate = 0,
        WarmUpSteps = 0,
        ClipNorm = 0,
        ClipValue = ClipValue,
        Patience = choosesEpoch ? Epochs : 0, // all epochs are taken, as published
        Seed = Seed,
    };
}
