using System.ComponentModel.DataAnnotations;

namespace ScFm.Model.Models.ScVi;

/// <summary>The shape of an scVI or LDVAE; the numbers of genes and batches come from the cells.</summary>
/// <remarks>Source: scVI (Lopez et al. 2018) and LDVAE (Svensson et al. 2020); the defaults are those of scvi-tools' SCVI, <see cref="Linear"/> those of LinearSCVI.</remarks>
public sealed record ScViConfig
{
    /// <summary>Width of a hidden layer. Default: 128.</summary>
    [Range(1, 16_384)] public int Hidden { get; init; } = 128;

    /// <summary>Dimensions of the latent space. Default: 10.</summary>
    [Range(1, 4096)] public int Latent { get; init; } = 10;

    /// <summary>Hidden layers of the encoder, and of the decoder where it is a network. Default: 1.</summary>
    [Range(1, 64)] public int Layers { get; init; } = 1;

    /// <summary>Dropout in the encoder while training, 0 to below 1. Default: 0.1.</summary>
    [Range(0, 0.99)] public double Dropout { get; init; } = 0.1;

    /// <summary>The distribution of counts. Default: zero-inflated negative binomial.</summary>
    public CountLikelihood Likelihood { get; init; } = CountLikelihood.ZeroInflatedNegativeBinomial;

    /// <summary>What shares one dispersion; without a meaning for Poisson. Default: a gene.</summary>
    public DispersionKind Dispersion { get; init; } = DispersionKind.Gene;

    /// <summary>The decoder. Default: a network.</summary>
    public DecoderKind Decoder { get; init; } = DecoderKind.Network;

    /// <summary>True to take a cell's total count as its library size, false to infer it by an encoder of its own. Default: true.</summary>
    public bool ObservedLibrary { get; init; } = true;

    /// <summary>True to show the batch to the encoders too, not to the decoder alone. Default: false.</summary>
    public bool EncodeBatch { get; init; }

    /// <summary>True to show the batch to every hidden layer, false to the first alone. Default: true.</summary>
    public bool BatchInEveryLayer { get; init; } = true;

    /// <summary>What normalises the encoders' hidden layers. Default: the batch.</summary>
    public HiddenNorm EncoderNorm { get; init; } = HiddenNorm.Batch;

    /// <summary>What normalises the decoder's hidden layers; of a linear decoder, the genes before the softmax. Default: the batch.</summary>
    public HiddenNorm DecoderNorm { get; init; } = HiddenNorm.Batch;

    /// <summary>True to give a linear decoder an intercept a gene; a network always has one. Default: false.</summary>
    public bool DecoderBias { get; init; }

    /// <summary>Weights that a module of this shape has at least: between genes and what is next to them, and between hidden layers.</summary>
    internal long LeastWeights(int genes, int batches) =>
        (long)genes * ((long)Hidden + (Decoder == DecoderKind.Linear ? Latent : Hidden) + (Dispersion == DispersionKind.Gene ? 1 : batches)) + (Layers - 1L) * Hidden * Hidden;

    /// <summary>LDVAE as LinearSCVI has it: a linear decoder, negative binomial counts, an inferred library size.</summary>
    public static ScViConfig Linear { get; } = new() { Decoder = DecoderKind.Linear, Likelihood = CountLikelihood.NegativeBinomial, ObservedLibrary = false };
}
