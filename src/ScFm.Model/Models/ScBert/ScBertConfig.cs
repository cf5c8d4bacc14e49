using System.ComponentModel.DataAnnotations;
using ScFm.Model.Nn;

namespace ScFm.Model.Models.ScBert;

/// <summary>The sizes of an scBERT; the number of tokens of a cell comes from its genes. The defaults are the published model.</summary>
/// <remarks>Source: scBERT (Yang et al. 2022), Methods, "scBERT algorithm design"; the heads' width and the features are those of its reference code.</remarks>
public sealed record ScBertConfig
{
    /// <summary>Width of a token. Default: 200.</summary>
    [Range(1, 16_384)] public int Width { get; init; } = 200;

    /// <summary>Performer blocks. Default: 6.</summary>
    [Range(1, 128)] public int Layers { get; init; } = 6;

    /// <summary>Attention heads of a block. Default: 10.</summary>
    [Range(1, 128)] public int Heads { get; init; } = 10;

    /// <summary>Width of a head, 2 or more; heads times this may differ from the token's width. Default: 64.</summary>
    [Range(2, 1024)] public int HeadWidth { get; init; } = 64;

    /// <summary>The largest bin: expression falls into the bins 0 to this. Default: 5.</summary>
    [Range(1, 100)] public int LargestBin { get; init; } = 5;

    /// <summary>What tells genes apart. Default: vectors that are learnt; published: gene2vec.</summary>
    public GeneVectorKind GeneVectors { get; init; } = GeneVectorKind.Learnt;

    /// <summary>New random features are drawn after this many training steps; 0 keeps the first ones. Default: 1,000.</summary>
    [Range(0, int.MaxValue)] public int RedrawInterval { get; init; } = 1000;

    /// <summary>
    /// Sensible: a cell's result does not depend on the other cells of its batch, and its counts are scaled by all counts that were measured. Reference: one key
    /// maximum for a whole batch, and counts scaled by those of the model's genes alone, as in the published code. Default: sensible.
    /// </summary>
    public Compat Compat { get; init; }

    /// <summary>Number of tokens: the bins and the mask.</summary>
    public int Tokens => LargestBin + 2;

    /// <summary>The token that stands for a bin that is to be predicted.</summary>
    public int MaskToken => LargestBin + 1;

    /// <summary>Weights that a file of a model of these sizes has at least: vectors of genes, and the blocks.</summary>
    /// <param name="genes">Genes of the model.</param>
    internal long LeastWeights(int genes) => Width * ((GeneVectors == GeneVectorKind.None ? 0 : genes) + Layers * (4L * Heads * HeadWidth + 8L * Width));

    /// <summary>Checks every range.</summary>
    /// <exception cref="ArgumentException">A value is not allowed; the message says what is.</exception>
    public ScBertConfig Validated() => Options.Validate(this);

    /// <summary>Floating-point operations of the matrix products of one forward pass of a cell, two a multiply-add.</summary>
    /// <param name="genes">Genes of the model.</param>
    /// <param name="predicted">Tokens that the last block and the output compute; the others only give it their keys. Default: all.</param>
    public double ForwardFlops(int genes, int? predicted = null)
    {
        double tokens = genes + 1;
        var asking = predicted ?? tokens;
        var inner = (double)Heads * HeadWidth;
        var features = 2 * 2 * inner * RandomFeatures.Count(HeadWidth); // the exponents, and their products with the values
        var keys = 2 * 2 * Width * inner + features;
        var queries = 2 * 2 * Width * inner + features + 2 * 2 * Width * 4.0 * Width;
        return tokens * (Layers * keys + (Layers - 1) * queries) + asking * queries;
    }
}
