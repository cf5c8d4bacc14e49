using System.ComponentModel.DataAnnotations;
using ScFm.Model.Training;

namespace ScFm.Model.Models.DeepCdr;

/// <summary>How a DeepCDR is trained.</summary>
/// <remarks>
/// The published runs take batches of 64 at a constant rate and stop at the epoch whose correlation on the test pairs is best; their score is that of the best of all epochs on the pairs it is told of.
/// Here the epoch is chosen on pairs that are taken from those to train on. <see cref="Published"/> has the published rate and batches.
/// </remarks>
public sealed record DeepCdrOptions
{
    /// <summary>The shape; its branches and features of an atom are taken from the data. Default: the published one.</summary>
    public DeepCdrConfig Config { get; init; } = new();

    /// <summary>Passes over the training pairs, 1 or more; fewer than 500 steps in all teach next to nothing. Default: 40.</summary>
    [Range(1, 100_000)] public int Epochs { get; init; } = 40;

    /// <summary>Pairs in a step, 2 or more. Default: 256: a drug is convolved once a step, so that larger batches take less time.</summary>
    [Range(2, 65_536)] public int BatchSize { get; init; } = 256;

    /// <summary>Learning rate of Adam, above 0. Default: 0.001.</summary>
    [Range(1e-9, 10)] public double LearningRate { get; init; } = 1e-3;

    /// <summary>The share of the learning rate that is left at the last step, on a cosine; 1 keeps it constant. Default: 0.01.</summary>
    [Range(0, 1)] public double FinalRate { get; init; } = 0.01;

    /// <summary>Weight decay of Adam, 0 or more. Default: 0.</summary>
    [Range(0, 10)] public double WeightDecay { get; init; }

    /// <summary>Training stops after this many epochs without a better error on the validation pairs, and the best weights are kept; 0 never stops early. Default: 10, counted from 500 steps on, until which the norms' running statistics have not settled.</summary>
    [Range(0, int.MaxValue)] public int Patience { get; init; } = 10;

    /// <summary>Seed of everything random. Default: 0.</summary>
    public int Seed { get; init; }

    /// <summary>The published rate and batches: 64 pairs, 0.001 throughout.</summary>
    public static DeepCdrOptions Published { get; } = new() { BatchSize = 64, FinalRate = 1, Epochs = 500 };

    /// <summary>The loop's options.</summary>
    internal TrainingOptions Loop => new()
    {
        Epochs = Epochs,
        BatchSize = BatchSize,
        LearningRate = LearningRate,
        WeightDecay = WeightDecay,
        FinalRate = FinalRate,
        WarmUpSteps = 0,
        ClipNorm = 0,
        Patience = Patience,
        Seed = Seed,
    };
}
