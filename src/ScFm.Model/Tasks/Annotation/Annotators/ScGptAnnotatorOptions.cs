using System.ComponentModel.DataAnnotations;
using ScFm.Model.Corpora;
using ScFm.Model.Models.ScGpt;

namespace ScFm.Model.Tasks.Annotation.Annotators;

/// <summary>How a scGPT learns cell types.</summary>
public sealed record ScGptAnnotatorOptions
{
    /// <summary>The shape of a new model. Default: tiny.</summary>
    public ScGptConfig Config { get; init; } = ScGptConfig.Tiny with { CellDecoding = CellDecoding.None };

    /// <summary>A trained model, such as a published one, that is fine-tuned; it stays as it is. Default: none, a new model.</summary>
    public ScGptModel? StartFrom { get; init; }

    /// <summary>Only so many of the most variable genes of the cells to pretrain on, where there are none of the labelled ones; null takes all. Default: 1,200, as the published scripts.</summary>
    [Range(1, int.MaxValue)] public int? VariableGenes { get; init; } = 1200;

    /// <summary>Whether it is pretrained on the unlabelled cells first, where there are none on the labelled ones without their labels. Default: a new model is, a given one is not.</summary>
    public bool? Pretrain { get; init; }

    /// <summary>The same, decided.</summary>
    internal bool Pretrains => StartingModels.Pretrains(Pretrain, StartFrom is not null);

    /// <summary>A folder where pretrained models are kept, by all that they depend on: another annotator, or the next fit, finds them there. Default: none are kept.</summary>
    public string? Folder { get; init; }

    /// <summary>How it is pretrained: objective and training; shape and genes are as above. Default: 5 epochs.</summary>
    public ScGptOptions Pretraining { get; init; } = new();

    /// <summary>How it is fine-tuned. Default: everything, 10 epochs.</summary>
    public ScGptTuningOptions Tuning { get; init; } = new();

    /// <summary>The share of the labelled cells that the best weights are kept by, 0 to 0.9. Default: 0.1.</summary>
    [Range(0, 0.9)] public double ValidationShare { get; init; } = ValidationPart.UsualShare;

    /// <summary>Checks every range, and that the options fit each other.</summary>
    /// <exception cref="ArgumentException">A value is not allowed; the message says what is.</exception>
    public ScGptAnnotatorOptions Validated()
    {
        Options.Validate(this);
        Config.Validated();
        Tuning.Validated();
        return Config.WantsBatches
            ? throw new ArgumentException("The model is to know the cells' batches, which nobody tells an annotator; expected none of BatchLabels, Adversary and InputNorm.OfBatch.")
            : this;
    }
}
