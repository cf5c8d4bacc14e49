using System.ComponentModel.DataAnnotations;
using ScFm.Model.Training;

namespace ScFm.Model.Models.Scad;

/// <summary>How a SCAD is trained.</summary>
/// <remarks>
/// The published runs chose width, passes, batch and the weight of the domains for each drug by the score on the very cells that are reported: 10 to 100 passes, batches of 8 or 16, weights of 0 to 5.
/// Here they are the same for all data, and nothing is chosen by labels of the target. The rate is ten times the published one: under that, the few hundred steps that small data give leave the source itself half learnt.
/// </remarks>
public sealed record ScadOptions
{
    /// <summary>The shape; its features are those of the data. Default: see there.</summary>
    public ScadConfig Config { get; init; } = new();

    /// <summary>The weight of telling the domains apart, lambda 1 of the reference, 0 or more; 0 adapts nothing but the batch norm. Default: 0.6.</summary>
    [Range(0, 1e6)] public double DomainWeight { get; init; } = 0.6;

    /// <summary>Passes over the cells of the target, 1 or more. Default: 40.</summary>
    [Range(1, 100_000)] public int Epochs { get; init; } = 40;

    /// <summary>Source samples, and cells of the target, in a step; 5 or more. Default: 16.</summary>
    [Range(ScadTask.FewestRows, 65_536)] public int BatchSize { get; init; } = 16;

    /// <summary>Learning rate of Adagrad, above 0. Default: 0.01; published: 0.001.</summary>
    [Range(1e-9, 10)] public double LearningRate { get; init; } = 1e-2;

    /// <summary>Whether features are brought to mean 0 and standard deviation 1 over source and target together: as published for expression, and not for embeddings. Default: true.</summary>
    public bool Standardise { get; init; } = true;

    /// <summary>Seed of everything random. Default: 0.</summary>
    public int Seed { get; init; }

    /// <summary>The loop's options.</summary>
    internal TrainingOptions Loop => new()
    {
        Epochs = Epochs,
        BatchSize = BatchSize,
        LearningRate = LearningRate,
        FinalRate = 1,
        WarmUpSteps = 0,
        ClipNorm = 0,
        Patience = 0,
        Seed = Seed,
    };
}
