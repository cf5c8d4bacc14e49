using ScFm.Model.Models.ScBert;

namespace ScFm.Model.Tasks.Annotation.Annotators;

/// <summary>How an scBERT learns cell types, ablations included.</summary>
public sealed record ScBertAnnotatorOptions
{
    /// <summary>Sizes, genes and pretraining. Default: the preset tiny, which suits two cores.</summary>
    public ScBertOptions Pretraining { get; init; } = ScBertOptions.Preset("tiny");

    /// <summary>False to leave pretraining out: fine-tuning begins with random weights. Default: true.</summary>
    public bool Pretrain { get; init; } = true;

    /// <summary>False to leave out what tells genes apart, the published ablation "no gene2vec". Default: true.</summary>
    public bool TellsGenesApart { get; init; } = true;

    /// <summary>Fine-tuning. Default: all blocks are trained, since small models from scratch gain from it; published: <see cref="TunedBlocks.SecondToLast"/>.</summary>
    public TuningOptions Tuning { get; init; } = new() { Tuned = TunedBlocks.All };

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
