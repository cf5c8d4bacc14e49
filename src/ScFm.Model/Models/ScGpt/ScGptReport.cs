using ScFm.Model.Corpora;
using ScFm.Model.Tables;
using ScFm.Model.Training;

namespace ScFm.Model.Models.ScGpt;

/// <summary>What a training did, and how the model compares with predictors that look at no other gene of the cell.</summary>
public sealed record ScGptReport
{
    /// <summary>The training run.</summary>
    public required TrainingRun Run { get; init; }

    /// <summary>Numbers that were learnt: without what was frozen, and what no loss asks for.</summary>
    public required long Parameters { get; init; }

    /// <summary>The cells that were never trained on, as indices into the given cells; none where others were given to validate on.</summary>
    public required int[] HeldOut { get; init; }

    /// <summary>How the cells were chosen; null where they were not taken from a <see cref="Corpus"/>.</summary>
    public Recipe? Recipe { get; init; }

    /// <summary>Mean squared error of the held-out cells' hidden bins; NaN where no values were learnt.</summary>
    public required double Error { get; init; }

    /// <summary>The same of each gene's mean bin.</summary>
    public required double GeneMeanError { get; init; }

    /// <summary>The same of the mean of all bins.</summary>
    public required double MeanError { get; init; }

    /// <summary>True where the model's error is below those of both predictors.</summary>
    public bool BeatsBaselines => Error < GeneMeanError && Error < MeanError;

    /// <summary>The three beside each other.</summary>
    public Table ToTable() => new(
        new TextColumn("predictor", ["mean of all bins", "mean bin of the gene", "model"]),
        new NumberColumn("squared error of hidden bins, held-out cells", [MeanError, GeneMeanError, Error], "F2"));
}
