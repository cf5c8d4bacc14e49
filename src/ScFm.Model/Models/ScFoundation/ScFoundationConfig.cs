using System.ComponentModel.DataAnnotations;

namespace ScFm.Model.Models.ScFoundation;

/// <summary>The sizes of a scFoundation.</summary>
/// <remarks>Source: scFoundation, Methods and the options of the published checkpoints; <see cref="Presets"/> holds known sizes.</remarks>
public sealed record ScFoundationConfig
{
    /// <summary>Number of genes in the vocabulary, 1 or more. Published: 19,264.</summary>
    [Range(1, 1_000_000)] public required int Genes { get; init; }

    /// <summary>Width of an encoder token. Published: 768.</summary>
    [Range(1, 16_384)] public int EncoderWidth { get; init; } = 768;

    /// <summary>Number of encoder blocks. Published: 12.</summary>
    [Range(1, 256)] public int EncoderDepth { get; init; } = 12;

    /// <summary>Attention heads of the encoder; they divide its width. Published: 12.</summary>
    [Range(1, 256)] public int EncoderHeads { get; init; } = 12;

    /// <summary>Width of a decoder token. Published: 512.</summary>
    [Range(1, 16_384)] public int DecoderWidth { get; init; } = 512;

    /// <summary>Number of decoder blocks. Published: 6.</summary>
    [Range(1, 256)] public int DecoderDepth { get; init; } = 6;

    /// <summary>Attention heads of the decoder. Published: 8.</summary>
    [Range(1, 256)] public int DecoderHeads { get; init; } = 8;

    /// <summary>Width of a decoder head, 2 or more. Published: 64.</summary>
    [Range(2, 1024)] public int DecoderHeadWidth { get; init; } = 64;

    /// <summary>Bins of the value embedding. Published: 100.</summary>
    [Range(1, 10_000)] public int Bins { get; init; } = 100;

    /// <summary>Weight of the residual path in the bins' network. Published: 1.</summary>
    [Range(0, 100)] public double BinAlpha { get; init; } = 1;

    /// <summary>Dropout in the encoder while training, 0 to below 1. Published: 0.1.</summary>
    [Range(0, 0.99)] public double Dropout { get; init; } = 0.1;

    /// <summary>The decoder draws new random features after this many training steps; 0 keeps the first ones. Published: 1000.</summary>
    [Range(0, int.MaxValue)] public int RedrawInterval { get; init; } = 1000;

    /// <summary>Positions of a cell: its genes, T and S.</summary>
    public int Positions => Genes + 2;

    /// <summary>Weights that a module of these sizes has at least: its positions, and the attention of its blocks.</summary>
    internal long LeastWeights =>
        (long)Positions * EncoderWidth + 4L * EncoderDepth * EncoderWidth * EncoderWidth + 4L * DecoderDepth * DecoderWidth * DecoderHeads * DecoderHeadWidth;

    /// <summary>Values that a cell needs in the encoder at its widest point, without gradients: a batch has a row number for every position of every cell.</summary>
    /// <param name="visible">Visible tokens of the cell.</param>
    internal long Footprint(long visible) => Math.Max(Positions, visible * visible * EncoderHeads);

    /// <summary>Checks every range and that the heads divide the encoder's width.</summary>
    /// <exception cref="ArgumentException">A value is out of range; the message says which and what is allowed.</exception>
    public ScFoundationConfig Validated()
    {
        Options.Validate(this);
        if (EncoderWidth % EncoderHeads != 0)
        {
            throw new ArgumentException($"EncoderHeads is {EncoderHeads}; expected a divisor of EncoderWidth, {EncoderWidth}.");
        }
        return this;
    }
}
