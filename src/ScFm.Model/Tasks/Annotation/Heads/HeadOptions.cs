using System.ComponentModel.DataAnnotations;
using ScFm.Model.Corpora;
using ScFm.Model.Nn;
using ScFm.Model.Training;

namespace ScFm.Model.Tasks.Annotation.Heads;

/// <summary>How a classification head on an encoder is trained.</summary>
/// <remarks>
/// Source of the head: scFoundation (Hao et al. 2024), downstream cell type annotation, reference file finetune_model.py: the pooled vector, a batch norm without
/// scale and shift, 256 hidden units with ReLU, a linear layer; of the encoder one block is trained, the second to last there.
/// </remarks>
public sealed record HeadOptions
{
    /// <summary>What the head is. Default: with a hidden layer, as published.</summary>
    public HeadKind Kind { get; init; } = HeadKind.Mlp;

    /// <summary>Units of the hidden layer, 1 or more. Default: 256, as published.</summary>
    [Range(1, 65_536)] public int Hidden { get; init; } = 256;

    /// <summary>Dropout in training in front of the last layer, 0 to below 1. Default: 0, as published.</summary>
    [Range(0, 0.99)] public double Dropout { get; init; }

    /// <summary>What of the encoder is trained. Default: nothing.</summary>
    public HeadTuning Tuned { get; init; } = HeadTuning.Frozen;

    /// <summary>With <see cref="HeadTuning.LastBlocks"/>, how many, 1 or more. Default: 1.</summary>
    [Range(1, 256)] public int LastBlocks { get; init; } = 1;

    /// <summary>With <see cref="HeadTuning.Lora"/>, the adapters. Default: rank 8 on the projections of the attention.</summary>
    public LoraOptions Lora { get; init; } = new();

    /// <summary>
    /// The file or folder that the encoder was read from: the classifier's file then names it instead of holding it, so that adapters on a large model stay small.
    /// Default: none; the file holds the encoder.
    /// </summary>
    public string? EncoderFile { get; init; }

    /// <summary>True to give every type the same weight in the loss, however many cells it has. Default: false, every cell has the same.</summary>
    public bool Balanced { get; init; }

    /// <summary>Share of the labelled cells, type by type, by which the training stops early; 0 takes none and stops at the last epoch. Default: 0.1.</summary>
    [Range(0, 0.9)] public double ValidationShare { get; init; } = ValidationPart.UsualShare;

    /// <summary>How the weights are trained; its seed also fixes the validation part and the first weights. Default: 60 epochs of 32 cells a step, learning rate 0.001, stopped after 8 epochs without a better loss.</summary>
    public TrainingOptions Training { get; init; } = new() { Epochs = 60, BatchSize = 32, LearningRate = 1e-3, WeightDecay = 0.01, WarmUpSteps = 20, Patience = 8 };

    /// <summary>Checks every range, also of adapters and training.</summary>
    /// <exception cref="ArgumentException">A value is out of range; the message says what is allowed.</exception>
    public HeadOptions Validated()
    {
        Options.Validate(this);
        Options.Validate(Lora);
        Options.Validate(Training);
        return Training.BatchSize > 1 ? this : throw new ArgumentException("BatchSize is 1; expected 2 or more: the head's norm takes its statistics over a batch.");
    }
}
