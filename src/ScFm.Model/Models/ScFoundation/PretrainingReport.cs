using ScFm.Model.Cells;
using ScFm.Model.Corpora;
using ScFm.Model.Nn;
using ScFm.Model.Tables;
using ScFm.Model.Training;

namespace ScFm.Model.Models.ScFoundation;

/// <summary>What a pretraining did, and how the model compares with predictors that learn nothing.</summary>
public sealed record PretrainingReport
{
    /// <summary>The training run.</summary>
    public required TrainingRun Run { get; init; }

    /// <summary>How the genes of the cells were found in the vocabulary.</summary>
    public required GeneReport Genes { get; init; }

    /// <summary>The cells that were never trained on, as indices into the given cells.</summary>
    public required int[] HeldOut { get; init; }

    /// <summary>Masked MSE on the held-out cells of the prediction 0.</summary>
    public required double ZeroLoss { get; init; }

    /// <summary>Masked MSE on the held-out cells of each gene's mean over the training cells.</summary>
    public required double GeneMeanLoss { get; init; }

    /// <summary>Masked MSE on the held-out cells of the model as it is returned.</summary>
    public required double ModelLoss { get; init; }

    /// <summary>Share of the training's time in which it waited for cells to be read, thinned and masked, 0 to 1.</summary>
    public double WaitingShare { get; init; }

    /// <summary>The adapters that were trained, whose sums the returned model holds; null where its own weights were trained.</summary>
    public Lora? Adapters { get; init; }

    /// <summary>How the cells were chosen; null where they are no corpus.</summary>
    public Recipe? Recipe { get; init; }

    /// <summary>True where the model is better than both predictors that learn nothing.</summary>
    public bool BeatsBaselines => ModelLoss < ZeroLoss && ModelLoss < GeneMeanLoss;

    /// <summary>The three losses beside each other.</summary>
    public Table ToTable() => new(
        new TextColumn("predictor", ["zero", "gene mean", "model"]),
        new NumberColumn("masked MSE, held-out cells", [ZeroLoss, GeneMeanLoss, ModelLoss], "F4"));
}
