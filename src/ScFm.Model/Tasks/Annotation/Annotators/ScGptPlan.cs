using ScFm.Model.Models.ScGpt;

namespace ScFm.Model.Tasks.Annotation.Annotators;

/// <summary>What a plan may say of a scGPT.</summary>
internal sealed record ScGptPlan : FoundationPlan
{
    private static readonly string[] presets = ["tiny", "small", "published"];

    /// <summary>Only so many of the most variable genes. Default: 1,200.</summary>
    public int? VariableGenes { get; init; } = new ScGptAnnotatorOptions().VariableGenes;

    /// <summary>What is fine-tuned. Default: everything.</summary>
    public FineTuned Tuned { get; init; }

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
