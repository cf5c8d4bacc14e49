using System.ComponentModel.DataAnnotations;

namespace ScFm.Model.Training;

/// <summary>How a model is trained; the same for every model.</summary>
public sealed record TrainingOptions
{
    /// <summary>Passes over the training cells, 1 or more. Default: 5.</summary>
    [Range(1, 100_000)] public int Epochs { get; init; } = 5;

    /// <summary>Steps of the optimizer, 0 or more; 0 takes as many as the epochs have. Default: 0.</summary>
    [Range(0, int.MaxValue)] public int Steps { get; init; }

    /// <summary>Steps of the optimizer at least, where the epochs have fewer, 0 or more: of few cells an epoch is a few steps. Without <see cref="ValidateEvery"/> there are as many validations as epochs all the same. Default: 0.</summary>
    [Range(0, int.MaxValue)] public int LeastSteps { get; init; }

    /// <summary>Cells in a forward pass, 1 or more. Default: 8.</summary>
    [Range(1, 65_536)] public int BatchSize { get; init; } = 8;

    /// <summary>Forward passes whose gradients are averaged before a step, 1 or more. Default: 1.</summary>
    [Range(1, 65_536)] public int Accumulation { get; init; } = 1;

    /// <summary>Learning rate after the warm-up, above 0. Default: 0.002, for small models; published for 100m: 0.0001.</summary>
    [Range(1e-9, 10)] public double LearningRate { get; init; } = 2e-3;

    /// <summary>Weight decay of the optimizer, 0 or more. Default: 0, as published.</summary>
    [Range(0, 10)] public double WeightDecay { get; init; }

    /// <summary>Steps over which the learning rate rises from 0. Default: 50; published for 100m: 9,766.</summary>
    [Range(0, int.MaxValue)] public int WarmUpSteps { get; init; } = 50;

    /// <summary>The share of the learning rate that is left at the last step; 1 keeps it constant. Default: 0.05.</summary>
    [Range(0, 1)] public double FinalRate { get; init; } = 0.05;

    /// <summary>How the learning rate falls to that share after the warm-up. Default: on a cosine.</summary>
    public RateDecay Decay { get; init; }

    /// <summary>Gradients are scaled down to this norm; 0 leaves them. Default: 1, as published.</summary>
    [Range(0, double.MaxValue)] public double ClipNorm { get; init; } = 1;

    /// <summary>Each value of a gradient is brought within this of 0, before its norm is looked at; 0 leaves it. Default: 0.</summary>
    [Range(0, double.MaxValue)] public double ClipValue { get; init; }

    /// <summary>Steps between two validations; 0 validates after each epoch. Default: 0.</summary>
    [Range(0, int.MaxValue)] public int ValidateEvery { get; init; }

    /// <summary>Training stops after this many validations without a better loss, and the best weights are kept; 0 never stops early. Default: 3. A task may let them count only from some step on (<see cref="ITrainingTask.StepsToSettle"/>).</summary>
    [Range(0, int.MaxValue)] public int Patience { get; init; } = 3;

    /// <summary>Steps between two checkpoints, where a file is named; there is one at the end in any case. Default: 200.</summary>
    [Range(1, int.MaxValue)] public int CheckpointEvery { get; init; } = 200;

    /// <summary>Seed of everything random. Default: 0.</summary>
    public int Seed { get; init; }

    /// <summary>The same with a warm-up of at most a fifth of the run's steps: of few cells a run may end before the learning rate has come to its height.</summary>
    /// <param name="cells">Cells that are trained on.</param>
    internal TrainingOptions WarmingUpWithin(int cells)
    {
        const int Share = 5;
        return this with { WarmUpSteps = (int)Math.Min(WarmUpSteps, StepsOf(Trainer.StepsInEpoch(cells, this)) / Share) };
    }

    /// <summary>Steps of a whole run.</summary>
    /// <param name="stepsInEpoch">Steps of an epoch.</param>
    internal long StepsOf(int stepsInEpoch) => Steps > 0 ? Steps : Math.Max(LeastSteps, (long)Epochs * stepsInEpoch);

    /// <summary>Steps from one validation to the next: an epoch, or its share of the least steps where these are more.</summary>
    /// <param name="stepsInEpoch">Steps of an epoch.</param>
    internal int StepsToValidation(int stepsInEpoch) => ValidateEvery > 0 ? ValidateEvery : Steps > 0 ? stepsInEpoch : Math.Max(stepsInEpoch, LeastSteps / Epochs);
}
