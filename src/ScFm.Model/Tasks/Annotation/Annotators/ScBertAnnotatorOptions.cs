using ScFm.Model.Models.ScBert;

namespace ScFm.Model.Tasks.Annotation.Annotators;

/// <summary>How an scBERT learns cell types, ablations included.</summary>
public sealed record ScBertAnnotatorOptions
{
    /// <summary>Sizes, genes and pretraining. Default: the preset tiny, which suits two cores.</summary>
    public ScBertOptions Pretraining { get; init; } = ScBertOptions.Preset("tiny");

    /// <summary>Whether it is pretrained on the unlabelled cells first, where there are none on the labelled ones without their labels. Default: a new model is, a given one is not.</summary>
    public bool? Pretrain { get; init; }

    /// <summary>The same, decided.</summary>
    internal bool Pretrains => StartingModels.Pretrains(Pretrain, Pretraining.StartFrom is not null);

    /// <summary>A folder where pretrained models are kept, by all that they depend on: another annotator, or the next fit, finds them there. Default: none are kept.</summary>
    public string? Folder { get; init; }

    /// <summary>False to leave out what tells genes apart, the published ablation "no gene2vec". Default: true.</summary>
    public bool TellsGenesApart { get; init; } = true;

    /// <summary>Fine-tuning. Default: all blocks are trained, since small models from scratch gain from it; published: <see cref="TunedBlocks.SecondToLast"/>.</summary>
    public ScBertTuningOptions Tuning { get; init; } = new() { Tuned = TunedBlocks.All };

    /// <summary>Checks every range, and that the options fit each other.</summary>
    /// <exception cref="ArgumentException">An option is out of range, or two exclude each other.</exception>
    public ScBertAnnotatorOptions Validated()
    {
        Pretraining.Validated();
        Tuning.Validated();
        return this is { TellsGenesApart: false, Pretraining.StartFrom.Config.GeneVectors: not GeneVectorKind.None and var kind }
            ? throw new ArgumentException($"TellsGenesApart is false, but the model to start from was trained with gene vectors ({kind}); expected a model without them, or a new one.")
            : this;
    }
}
