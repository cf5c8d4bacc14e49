using ScFm.Model.Models.ScBert;

namespace ScFm.Model.Tasks.Annotation.Annotators;

/// <summary>What a plan may say of an scBERT.</summary>
internal sealed record ScBertPlan : FoundationPlan
{
    /// <summary>A file of vectors of genes, such as gene2vec. Default: none, they are learnt.</summary>
    public string? Vectors { get; init; }

    /// <summary>How many of the most variable genes a new model knows. Default: the preset's.</summary>
    public int? VariableGenes { get; init; }

    /// <summary>False to leave out what tells genes apart. Default: true.</summary>
    public bool TellsGenesApart { get; init; } = true;

    /// <summary>Which blocks are fine-tuned. Default: all.</summary>
    public TunedBlocks Tuned { get; init; } = TunedBlocks.All;

    /// <summary>True to let a cell count the more the rarer its type. Default: false.</summary>
    public bool Balanced { get; init; }

    /// <summary>The annotator.</summary>
    internal ScBertAnnotator Annotator()
    {
        var (preset, tuning) = (ScBertOptions.Preset(Preset), new ScBertTuningOptions());
        var vectors = Vectors is { } path ? GeneVectors.Read(path) : null;
        return new ScBertAnnotator(new ScBertAnnotatorOptions
        {
            Pretraining = preset with
            {
                StartFrom = Model is { } start ? PlannedModelFile.Open<ScBertModel>(start) : null,
                Vectors = vectors,
                Config = vectors is null ? preset.Config : preset.Config with { GeneVectors = GeneVectorKind.Given },
                VariableGenes = VariableGenes ?? preset.VariableGenes,
                Training = PlanJson.Changed(preset.Training, Pretraining),
            },
            Pretrain = Pretrain,
            Folder = Folder,
            TellsGenesApart = TellsGenesApart,
            Tuning = tuning with { Tuned = Tuned, Balanced = Balanced, Training = PlanJson.Changed(tuning.Training, Tuning) },
        });
    }
}
