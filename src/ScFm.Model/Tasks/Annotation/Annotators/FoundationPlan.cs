using System.Text.Json;

namespace ScFm.Model.Tasks.Annotation.Annotators;

/// <summary>What a plan may say of any foundation model that annotates; trainings are named by what differs from their defaults, such as <c>{ "tuning": { "epochs": 5 } }</c>.</summary>
internal abstract record FoundationPlan
{
    /// <summary>The size of a new model. Default: tiny.</summary>
    public string Preset { get; init; } = "tiny";

    /// <summary>A file or folder with a trained model to start from. Default: none, a new model.</summary>
    public string? Model { get; init; }

    /// <summary>Whether it is pretrained on the cells without their labels. Default: a new model is, a given one is not.</summary>
    public bool? Pretrain { get; init; }

    /// <summary>A folder where pretrained models are kept. Default: none are kept; a comparison keeps them in its own folder.</summary>
    public string? Folder { get; init; }

    /// <summary>What differs in the training options of the pretraining. Default: nothing.</summary>
    public JsonElement? Pretraining { get; init; }

    /// <summary>What differs in the training options of the fine-tuning. Default: nothing.</summary>
    public JsonElement? Tuning { get; init; }
}
