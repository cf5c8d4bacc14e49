using System.Text.Json;
using ScFm.Model.Models.ScBert;

namespace ScFm.Model.Tasks.Annotation.Annotators;

/// <summary>What a plan may say of an scBERT; trainings are named by what differs from the preset's, such as <c>{ "tuning": { "epochs": 5 } }</c>.</summary>
internal sealed record ScBertPlan
{
    /// <summary>The size of a new model. Default: tiny.</summary>
    public string Preset { get; init; } = "tiny";

    /// <summary>A file with a trained model to start from. Default: none, a new model.</summary>
    public string? Model { get; init; }

    /// <summary>A file of vectors of genes, such as gene2vec. Default: none, they are learnt.</summary>
    public string? Vectors { get; init; }

    /// <summary>How many of the most variable genes a new model knows. Default: the preset's.</summary>
    public int? VariableGenes { get; init; }

    /// <summary>Whether it is pretrained on the cells without their labels. Default: a new model is, a given one is not.</summary>
    public bool? Pretrain { get; init; }

    /// <summary>A folder where pretrained models are kept. Default: none are kept; a comparison keeps them in its own folder.</summary>
    public string? Folder { get; init; }

    /// <summary>False to leave out what tells genes apart. Default: true.</summary>
    public bool TellsGenesApart { get; init; } = true;

    /// <summary>Which blocks are fine-tuned. Default: all.</summary>
    public TunedBlocks Tuned { get; init; } = TunedBlocks.All;

    /// <summary>True to let a cell count the more the rarer its type. Default: false.</summary>
    public bool Balanced { get; init; }

    /// <summary>What differs in the training options of the pretraining. Default: nothing.</summary>
    public JsonElement? Pretraining { get; init; }

    /// <summary>What differs in the training options of the fine-tuning. Default: nothing.</summary>
    public JsonElement? Tuning { get; init; }

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
