using ScFm.Model.Training;

namespace ScFm.Model.Models.ScVi;

/// <summary>What a training of an scVI or LDVAE did.</summary>
public sealed record ScViReport
{
    /// <summary>The training run; its losses are negative evidence bounds a cell, in training with the warm-up's weight.</summary>
    public required TrainingRun Run { get; init; }

    /// <summary>The cells that were never trained on, as indices into the given cells.</summary>
    public required int[] HeldOut { get; init; }
}
