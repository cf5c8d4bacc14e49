using ScFm.Model.Corpora;
using ScFm.Model.Tables;
using ScFm.Model.Training;

namespace ScFm.Model.Models.ScBert;

/// <summary>What a pretraining did, and how the model compares with predictors that look at no gene.</summary>
public sealed record ScBertReport
{
    /// <summary>The training run.</summary>
    public required TrainingRun Run { get; init; }

    /// <summary>The cells that were never trained on, as indices into the given cells.</summary>
    public required int[] HeldOut { get; init; }

    /// <summary>How the cells were chosen; null where they were not taken from a <see cref="Corpus"/>.</summary>
    public Recipe? Recipe { get; init; }

    /// <summary>The model as it is returned, on the hidden bins of the held-out cells.</summary>
    public required MaskedScore Model { get; init; }

    /// <summary>The shares of bins over all training cells: the same prediction everywhere.</summary>
    public required MaskedScore Corpus { get; init; }

    /// <summary>The shares of bins among what is visible of the cell: the majority heuristic.</summary>
    public required MaskedScore Cell { get; init; }

    /// <summary>Share of the model's predictions that are the commonest visible bin of their cell, 0 to 1: near 1 it has learnt no more than that.</summary>
    public required double MajorityShare { get; init; }

    /// <summary>True where the model's loss is below those of both predictors.</summary>
    public bool BeatsBaselines => Model.Loss < Corpus.Loss && Model.Loss < Cell.Loss;

    /// <summary>The accuracy with what it has to be held against, in one sentence.</summary>
    public string Summary => FormattableString.Invariant(
        $"masked accuracy {Model.Accuracy:P1}, where each cell's commonest bin has {Cell.Accuracy:P1}; {MajorityShare:P1} of the predictions are that bin");

    /// <summary>The three beside each other.</summary>
    public Table ToTable() => new(
        new TextColumn("predictor", ["commonest bin of all cells", "commonest bin of the cell", "model"]),
        new NumberColumn("masked loss, held-out cells", [Corpus.Loss, Cell.Loss, Model.Loss], "F4"),
        new NumberColumn("masked accuracy", [Corpus.Accuracy, Cell.Accuracy, Model.Accuracy], "P2"),
        new NumberColumn("predictions that are the cell's commonest bin", [double.NaN, 1, MajorityShare], "P2"));
}
