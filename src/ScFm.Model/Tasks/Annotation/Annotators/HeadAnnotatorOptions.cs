using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using ScFm.Model.Models.Geneformer;
using ScFm.Model.Models.ScFoundation;
using ScFm.Model.Tasks.Annotation.Heads;
using ScFm.Model.Training;

namespace ScFm.Model.Tasks.Annotation.Annotators;

/// <summary>Which foundation model carries the head, what it has learnt before, and how the head is trained.</summary>
public sealed record HeadAnnotatorOptions
{
    /// <summary>The kind of model. Default: scFoundation.</summary>
    public EncoderKind Model { get; init; }

    /// <summary>The size of a new model: one of <see cref="Presets.Names"/> for scFoundation, tiny or published for Geneformer. Default: tiny.</summary>
    public string Preset { get; init; } = "tiny";

    /// <summary>A file or folder with a trained model, which is then taken instead of a new one. Default: none.</summary>
    public string? File { get; init; }

    /// <summary>True to pretrain on the unlabelled cells first, a model of a file further; without unlabelled cells, on the labelled ones. Default: true.</summary>
    public bool Pretrain { get; init; } = true;

    /// <summary>How it is pretrained; the seed is the fit's. Default: as <see cref="PretrainingOptions.Training"/> or <see cref="GeneformerOptions.Training"/> has it.</summary>
    public TrainingOptions? Training { get; init; }

    /// <summary>How it is pretrained, where need be by the kind's default.</summary>
    internal TrainingOptions Pretraining => Training ?? (Model == EncoderKind.Geneformer ? new GeneformerOptions().Training : new PretrainingOptions().Training);

    /// <summary>Cells that must express a gene for a new model to know it, 1 or more; never more than there are. Default: 10.</summary>
    [Range(1, int.MaxValue)] public int LeastCells { get; init; } = 10;

    /// <summary>A folder where pretrained models are kept, by all that they depend on: another annotator, or the next fit, finds them there. Default: none are kept.</summary>
    public string? Folder { get; init; }

    /// <summary>How a cell's states become its vector; see <see cref="CellEncoders.Of"/>. Default: the model's usual way.</summary>
    public string? Reading { get; init; }

    /// <summary>The head, and what of the encoder is trained with it. Its seed is the fit's.</summary>
    public HeadOptions Head { get; init; } = new();

    /// <summary>The defaults of a kind of model with some of them changed, those of its pretraining and its head one by one.</summary>
    /// <param name="model">The kind.</param>
    /// <param name="changes">What differs, as an object of JSON; null changes nothing.</param>
    /// <exception cref="JsonException">An option is unknown or of another kind.</exception>
    /// <exception cref="ArgumentException">Another kind of model is asked for.</exception>
    internal static HeadAnnotatorOptions Planned(EncoderKind model, JsonElement? changes)
    {
        var usual = new HeadAnnotatorOptions { Model = model };
        var changed = PlanJson.Changed(usual with { Training = usual.Pretraining }, changes);
        return changed.Model == model ? changed : throw new ArgumentException($"Model is {changed.Model}; expected {model}, as the kind says.");
    }
}
