using ScFm.Model.Corpora;
using ScFm.Model.Tables;
using ScFm.Model.Training;

namespace ScFm.Model.Models.Geneformer;

/// <summary>What a pretraining did, and how the model compares with predictors that look at no other gene of the cell.</summary>
public sealed record GeneformerReport
{
    /// <summary>The training run.</summary>
    public required TrainingRun Run { get; init; }

    /// <summary>The cells that were never trained on, as indices into the given cells.</summary>
    public required int[] HeldOut { get; init; }

    /// <summary>How the cells were chosen; null where they were not taken from a <see cref="Corpus"/>.</summary>
    public Recipe? Recipe { get; init; }

    /// <summary>The model as it is returned, on the hidden tokens of the held-out cells.</summary>
    public required MaskedScore Model { get; init; }

    /// <summary>The frequencies of tokens over all ranks: the same prediction everywhere.</summary>
    public required MaskedScore Unigram { get; init; }

    /// <summary>The frequencies of tokens at about that rank.</summary>
    public required MaskedScore RankUnigram { get; init; }

    /// <summary>True where the model's loss is below those of both predictors.</summary>
    public bool BeatsBaselines => Model.Loss < Unigram.Loss && Model.Loss < RankUnigram.Loss;

    /// <summary>The three beside each other.</summary>
    public Table ToTable() => new(
        new TextColumn("predictor", ["most frequent gene", "most frequent gene at the rank", "model"]),
        new NumberColumn("masked loss, held-out cells", [Unigram.Loss, RankUnigram.Loss, Model.Loss], "F4"),
        new NumberColumn("masked accuracy", [Unigram.Accuracy, RankUnigram.Accuracy, Model.Accuracy], "P2"));
}
