using System.ComponentModel.DataAnnotations;
using ScFm.Model.Cells;
using ScFm.Model.Training;

namespace ScFm.Model.Models.ScGpt;

/// <summary>How a scGPT is fine-tuned to tell cell types.</summary>
public sealed record ScGptTuningOptions
{
    /// <summary>What is changed. Default: everything.</summary>
    public FineTuned Tuned { get; init; }

    /// <summary>What it is trained for beside the types. Default: nothing, as the published script annotates.</summary>
    public ScGptObjective Objective { get; init; } = ScGptObjective.Annotation;

    /// <summary>Layers of the head, 1 or more; null takes the model's. Default: null.</summary>
    [Range(1, 16)] public int? HeadLayers { get; init; }

    /// <summary>Other names of genes. Default: none.</summary>
    public GeneAliases? Aliases { get; init; }

    /// <summary>
    /// How the weights are trained; its seed also fixes the head's first weights. The best weights by the held-out cross entropy are kept. Default: 10 epochs, 32 cells a step, learning rate
    /// 0.002 falling on a cosine after 50 steps of warm-up, which suits small models; the warm-up is shortened to a fifth of the steps where these are few; published for the whole-human model: 0.0001, falling by a tenth an epoch.
    /// </summary>
    public TrainingOptions Training { get; init; } = new() { Epochs = 10, BatchSize = 32, LearningRate = 2e-3 };

    /// <summary>Checks every range.</summary>
    /// <exception cref="ArgumentException">A value is not allowed; the message says what is.</exception>
    public ScGptTuningOptions Validated()
    {
        Options.Validate(this);
        Objective.Validated();
        Options.Validate(Training);
        return this;
    }
}
