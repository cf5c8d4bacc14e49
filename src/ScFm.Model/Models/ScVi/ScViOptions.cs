using System.ComponentModel.DataAnnotations;
using ScFm.Model.Training;

namespace ScFm.Model.Models.ScVi;

/// <summary>How an scVI or LDVAE is trained; the defaults are those of scvi-tools.</summary>
public sealed record ScViOptions
{
    private const int MostEpochs = 400;
    private const double CellsOfMostEpochs = 20_000;

    /// <summary>The shape of the model. Default: scVI; <see cref="ScViConfig.Linear"/> is LDVAE.</summary>
    public ScViConfig Config { get; init; } = new();

    /// <summary>The column of obs that tells the batches apart. Default: none, all cells are one batch.</summary>
    public string? BatchColumn { get; init; }

    /// <summary>Passes over the training cells, 1 or more. Default: 400, and beyond 20,000 cells as many fewer as there are more cells.</summary>
    [Range(1, 100_000)] public int? Epochs { get; init; }

    /// <summary>Cells in a step, 2 or more. Default: 128.</summary>
    [Range(2, 65_536)] public int BatchSize { get; init; } = 128;

    /// <summary>Learning rate of Adam, above 0. Default: 0.001.</summary>
    [Range(1e-9, 10)] public double LearningRate { get; init; } = 1e-3;

    /// <summary>Weight decay of Adam, added to the gradient, 0 or more. Default: 0.000001.</summary>
    [Range(0, 10)] public double WeightDecay { get; init; } = 1e-6;

    /// <summary>Epochs over which the weight of the latent space's divergence rises from 0 to 1; 0 starts at 1. Default: 400, so that a run of the default length ends before it has full weight.</summary>
    [Range(0, 100_000)] public int WarmUpEpochs { get; init; } = 400;

    /// <summary>Share of the cells that is never trained on, above 0 and below 1. Default: 0.1.</summary>
    [Range(0.001, 0.9)] public double HeldOutShare { get; init; } = 0.1;

    /// <summary>Training stops after this many epochs without a better evidence bound on the held-out cells, and the best weights are kept; 0 never stops early. Default: 0.</summary>
    /// <remarks>
    /// With batch norm, epochs count from 500 steps on: evaluation uses running statistics, of which a step replaces a hundredth, and until these have settled a bound that falls
    /// says nothing of the weights. So a run of fewer steps never stops early.
    /// </remarks>
    [Range(0, int.MaxValue)] public int Patience { get; init; }

    /// <summary>Seed of everything random. Default: 0.</summary>
    public int Seed { get; init; }

    /// <summary>LDVAE as the study of training data has it: 2 layers of 128, 10 latent variables, dropout 0.1, negative binomial counts, learning rate 0.005, 250 epochs in batches of 128, none stopped early.</summary>
    /// <remarks>Source: Nadig et al. 2025, "Consequences of training data composition for deep learning models in single-cell biology"; reference file scFM-datamix, Training/Train_Models.py; all else is scvi-tools' default.</remarks>
    public static ScViOptions Paper { get; } = new() { Config = ScViConfig.Linear with { Layers = 2 }, LearningRate = 5e-3, Epochs = 250 };

    /// <summary>The loop's options for that many cells: a constant learning rate, no clipping, a validation an epoch.</summary>
    internal TrainingOptions Loop(int cells) => new()
    {
        Epochs = Epochs ?? Math.Max(1, (int)Math.Min(MostEpochs, Math.Round(CellsOfMostEpochs / cells * MostEpochs))),
        BatchSize = BatchSize,
        LearningRate = LearningRate,
        WeightDecay = WeightDecay,
        WarmUpSteps = 0,
        FinalRate = 1,
        ClipNorm = 0,
        Patience = Patience,
        Seed = Seed,
    };
}
