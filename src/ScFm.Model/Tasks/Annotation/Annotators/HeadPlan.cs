using System.Text.Json;
using ScFm.Model.Tasks.Annotation.Heads;

namespace ScFm.Model.Tasks.Annotation.Annotators;

/// <summary>What a plan may say of a head on a foundation model.</summary>
internal sealed record HeadPlan : FoundationPlan
{
    /// <summary>Cells that must express a gene for a new model to know it. Default: 10.</summary>
    public int LeastCells { get; init; } = new HeadAnnotatorOptions().LeastCells;

    /// <summary>How a cell's states become its vector. Default: the model's usual way.</summary>
    public string? Reading { get; init; }

    /// <summary>What of the model is fine-tuned with the head. Default: nothing.</summary>
    public HeadTuning Tuned { get; init; }

    /// <summary>True to let a cell count the more the rarer its type. Default: false.</summary>
    public bool Balanced { get; init; }

    /// <summary>What else differs in <see cref="HeadOptions"/>, such as kind, hidden or lastBlocks. Default: nothing.</summary>
    public JsonElement? Head { get; init; }

    /// <summary>The annotator.</summary>
    /// <param name="encoder">Which kind of model carries the head.</param>
    internal HeadAnnotator Annotator(EncoderKind encoder)
    {
        var usual = new HeadOptions();
        var head = usual with { Tuned = Tuned, Balanced = Balanced, Training = PlanJson.Changed(usual.Training, Tuning) };
        return new HeadAnnotator(new()
        {
            Encoder = encoder,
            Preset = Preset,
            Model = Model,
            Pretrain = Pretrain,
            Pretraining = PlanJson.Changed(HeadAnnotatorOptions.Usual(encoder), Pretraining),
            LeastCells = LeastCells,
            Folder = Folder,
            Reading = Reading,
            Head = PlanJson.Changed(head, Head),
        });
    }
}
