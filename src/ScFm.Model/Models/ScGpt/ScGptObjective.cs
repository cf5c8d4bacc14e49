using System.ComponentModel.DataAnnotations;

namespace ScFm.Model.Models.ScGpt;

/// <summary>What a scGPT is trained for: a sum of losses, those of the heads that it has. The defaults pretrain.</summary>
/// <remarks>Source: scGPT (Cui et al. 2024), Methods, "Fine-tuning objectives"; reference files scgpt/loss.py and examples/finetune_integration.py.</remarks>
public sealed record ScGptObjective
{
    /// <summary>The share of a cell's values that is hidden and predicted, 0 to 0.95; 0 learns no values. Default: 0.4.</summary>
    [Range(0, 0.95)] public double HiddenShare { get; init; } = 0.4;

    /// <summary>How they are hidden. Default: by a mask.</summary>
    public Hiding Hiding { get; init; }

    /// <summary>Weight of elastic cell similarity (ECS), which drives the vectors of two cells to be alike or apart, whichever they are nearer to; 0 leaves it out. Default: 0; published for integration: 10.</summary>
    [Range(0, 1000)] public double SimilarityWeight { get; init; }

    /// <summary>The cosine from which two cells are drawn together, 0 to 1. Default: 0.8.</summary>
    [Range(0, 1)] public double SimilarityThreshold { get; init; } = 0.8;

    /// <summary>Weight of the loss of a model's adversary, which tells the batch from the cell's vector while the vector learns not to tell it (DAR). Default: 1.</summary>
    [Range(0, 1000)] public double AdversaryWeight { get; init; } = 1;

    /// <summary>Weight of the contrastive loss (CCE): a cell's vector is told among those of the batch from another pass with other dropout. Default: 0, as in the published scripts.</summary>
    [Range(0, 1000)] public double ContrastWeight { get; init; }

    /// <summary>Reference averages ECS over all pairs, those of a cell with itself among them, which adds a constant and weakens the rest. Default: sensible.</summary>
    public Compat Compat { get; init; }

    /// <summary>Types alone, as the published script annotates.</summary>
    public static ScGptObjective Annotation { get; } = new() { HiddenShare = 0 };

    /// <summary>Values and alike cells, as the published script integrates batches.</summary>
    public static ScGptObjective Integration { get; } = new() { SimilarityWeight = 10 };

    /// <summary>True where cells of a batch are compared with each other.</summary>
    internal bool IsOfPairs => SimilarityWeight > 0 || ContrastWeight > 0;

    /// <summary>Checks every range.</summary>
    /// <exception cref="ArgumentException">A value is not allowed; the message says what is.</exception>
    public ScGptObjective Validated() => Options.Validate(this);
}
