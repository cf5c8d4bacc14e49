using System.Text.Json;
using ScFm.Model.Models.ScGpt;

namespace ScFm.Model.Tasks.Annotation.Annotators;

/// <summary>What a plan may say of a scGPT; trainings are named by what differs from their defaults, such as <c>{ "tuning": { "epochs": 5 } }</c>.</summary>
internal sealed record ScGptPlan
{
    private static readonly string[] presets = ["tiny", "small", "published"];

    /// <summary>The size of a new model: tiny, small or published. Default: tiny.</summary>
    public string Preset { get; init; } = "tiny";

    /// <summary>A file or folder with a trained model, such as a published one, that is fine-tuned. Default: none, a new model.</summary>
    public string? Model { get; init; }

    /// <summary>Only so many of the most variable genes. Default: 1,200.</summary>
    public int? VariableGenes { get; init; } = new ScGptAnnotatorOptions().VariableGenes;

    /// <summary>Whether it is pretrained on the cells without their labels. Default: a new model is, a given one is not.</summary>
    public bool? Pretrain { get; init; }

    /// <summary>A folder where pretrained models are kept. Default: none are kept; a comparison keeps them in its own folder.</summary>
    public string? Folder { get; init; }

    /// <summary>What is fine-tuned. Default: everything.</summary>
    public FineTuned Tuned { get; init; }

    /// <summary>What differs in the training options of the pretraining. Default: nothing.</summary>
    public JsonElement? Pretraining { get; init; }

    /// <summary>What differs in the training options of the fine-tuning. Default: nothing.</summary>
    public JsonElement? Tuning { get; init; }

    /// <summary>The annotator.</summary>
    internal ScGptAnnotator Annotator()
    {
        var (usual, pretraining, tuning) = (new ScGptAnnotatorOptions(), new ScGptOptions(), new ScGptTuningOptions());
        var sizes = Preset switch
        {
            "tiny" => usual.Config,
            "small" => ScGptConfig.Small with { CellDecoding = usual.Config.CellDecoding },
            "published" => new ScGptConfig { CellDecoding = usual.Config.CellDecoding },
            _ => throw new ArgumentException($"There is no preset '{Preset}'; expected one of {string.Join(", ", presets)}."),
        };
        return new ScGptAnnotator(usual with
        {
            Config = sizes,
            StartFrom = Model is { } start ? PlannedModelFile.Open<ScGptModel>(start) : null,
            VariableGenes = VariableGenes,
            Pretrain = Pretrain,
            Folder = Folder,
            Pretraining = pretraining with { Training = PlanJson.Changed(pretraining.Training, Pretraining) },
            Tuning = tuning with { Tuned = Tuned, Training = PlanJson.Changed(tuning.Training, Tuning) },
        });
    }
}
