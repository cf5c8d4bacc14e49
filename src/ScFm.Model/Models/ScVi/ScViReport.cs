using System.Globalization;
using ScFm.Model.Tables;
using ScFm.Model.Training;

namespace ScFm.Model.Models.ScVi;

/// <summary>What a training of an scVI or LDVAE did, and how the model compares with a predictor that knows no kinds of cells.</summary>
public sealed record ScViReport
{
    /// <summary>What the losses of the table are called.</summary>
    public const string LossName = "-log p a held-out cell";

    /// <summary>The training run; its losses are negative evidence bounds a cell, in training with the warm-up's weight.</summary>
    public required TrainingRun Run { get; init; }

    /// <summary>The cells that were never trained on, as indices into the given cells.</summary>
    public required int[] HeldOut { get; init; }

    /// <summary>
    /// Minus the mean logarithm of the probability of a held-out cell's counts under a negative binomial of each gene's share of all training counts times the cell's total, with the
    /// gene's likeliest dispersion.
    /// </summary>
    public required double BaselineLoss { get; init; }

    /// <summary>True where early stopping brought the best weights back.</summary>
    public required bool KeptBest { get; init; }

    /// <summary>Minus the mean evidence bound of a held-out cell, as last measured in the run, or of the best weights where these are kept; NaN where none was measured. Its true value, which the baseline's loss compares with, is lower still.</summary>
    public double ModelLoss => KeptBest ? Run.BestValidation : Run.Validations is [.., var last] ? last.Loss : double.NaN;

    /// <summary>True where the model explains held-out cells better than the baseline.</summary>
    public bool BeatsBaseline => ModelLoss < BaselineLoss;

    /// <summary>In how many validations the held-out bound was beyond numbers, and why, in a sentence; null where in none.</summary>
    public string? Remark => Run.Validations.LastOrDefault(validation => double.IsInfinity(validation.Loss)) is { Step: > 0 } last
        ? string.Create(CultureInfo.InvariantCulture,
            $"In {Run.Validations.Count(validation => double.IsInfinity(validation.Loss)):N0} of {Run.Validations.Count:N0} validations, the last after step {last.Step:N0}, the held-out bound was not finite: batch norm's running statistics, which only evaluation uses, settle over some hundred steps.")
        : null;

    /// <summary>Both losses beside each other.</summary>
    public Table ToTable() => new(
        new TextColumn("predictor", ["gene shares, negative binomial", "model (bound)"]),
        new NumberColumn(LossName, [BaselineLoss, ModelLoss], "F2"));
}
