using System.ComponentModel.DataAnnotations;
using ScFm.Model.Models.ScFoundation;
using ScFm.Model.Training;

namespace ScFm.Model.Tasks.ReadDepth;

/// <summary>How cells that were sequenced twice are divided and studied.</summary>
public sealed record PairedDepthOptions
{
    /// <summary>How many times the cells are divided anew, from seed 0 on. Default: 3.</summary>
    [Range(1, 1000)] public int Seeds { get; init; } = 3;

    /// <summary>Share of the cells whose deep profiles are trained on, above 0 and below 1; the others are scored. Default: 0.5.</summary>
    [Range(0.01, 0.99)] public double TrainShare { get; init; } = 0.5;

    /// <summary>Largest number of genes: those most expressed in the deep training profiles. Default: 2,000.</summary>
    [Range(10, 100_000)] public int MostGenes { get; init; } = 2000;

    /// <summary>How a scFoundation is pretrained on the deep training profiles; genes and seed are the study's. Default: 100 passes.</summary>
    public PretrainingOptions Pretraining { get; init; } = new() { Training = new TrainingOptions { Epochs = 100 } };

    /// <summary>How the methods work that learn from the shallow profiles alone.</summary>
    public RivalOptions Rivals { get; init; } = new();
}
