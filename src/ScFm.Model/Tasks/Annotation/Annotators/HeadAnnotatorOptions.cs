using System.ComponentModel.DataAnnotations;
using ScFm.Model.Models.Geneformer;
using ScFm.Model.Models.ScFoundation;
using ScFm.Model.Tasks.Annotation.Heads;
using ScFm.Model.Training;

namespace ScFm.Model.Tasks.Annotation.Annotators;

/// <summary>Which foundation model carries the head, what it has learnt before, and how the head is trained.</summary>
public sealed record HeadAnnotatorOptions
{
    /// <summary>The kind of model that carries the head. Default: scFoundation.</summary>
    public EncoderKind Encoder { get; init; }

    /// <summary>The size of a new model: one of <see cref="Presets.Names"/> for scFoundation, tiny or published for Geneformer. Default: tiny.</summary>
    public string Preset { get; init; } = "tiny";

    /// <summary>A file or folder with a trained model, which is then taken instead of a new one. Default: none.</summary>
    public string? Model { get; init; }

    /// <summary>Whether it is pretrained on the unlabelled cells first, where there are none on the labelled ones without their labels. Default: a new model is, a given one is not.</summary>
    public bool? Pretrain { get; init; }

    /// <summary>The same, decided.</summary>
    internal bool Pretrains => StartingModels.Pretrains(Pretrain, Model is not null);

    /// <summary>How it is pretrained; the seed is the fit's. Default: as <see cref="PretrainingOptions.Training"/> or <see cref="GeneformerOptions.Training"/> has it.</summary>
    public TrainingOptions? Pretraining { get; init; }

    /// <summary>How a kind of model is pretrained unless something else is said.</summary>
    internal static TrainingOptions Usual(EncoderKind encoder) => encoder == EncoderKind.Geneformer ? new GeneformerOptions().Training : new PretrainingOptions().Training;

    /// <summary>Cells that must express a gene for a new model to know it, 1 or more; never more than there are. Default: 10.</summary>
    [Range(1, int.MaxValue)] public int LeastCells { get; init; } = 10;

    /// <summary>A folder where pretrained models are kept, by all that they depend on: another annotator, or the next fit, finds them there. Default: none are kept.</summary>
    public string? Folder { get; init; }

    /// <summary>How a cell's states become its vector; see <see cref="CellEncoders.Of"/>. Default: the model's usual way.</summary>
    public string? Reading { get; init; }

    /// <summary>The head, and what of the encoder is trained with it. Its seed is the fit's.</summary>
    public HeadOptions Head { get; init; } = new();
}
