using System.ComponentModel.DataAnnotations;

namespace ScFm.Model.Models.ScGpt;

/// <summary>The shape of a scGPT; how many tokens, batches and types there are comes from its genes and cells. The defaults are the published whole-human model.</summary>
/// <remarks>Source: scGPT (Cui et al. 2024), Methods; reference file scgpt/model/model.py (TransformerModel).</remarks>
public sealed record ScGptConfig
{
    private const int SpecialBins = 2; // padding and mask

    /// <summary>Width of a token. Default: 512.</summary>
    [Range(1, 16_384)] public int Width { get; init; } = 512;

    /// <summary>Transformer blocks, 1 or more. Default: 12.</summary>
    [Range(1, 128)] public int Layers { get; init; } = 12;

    /// <summary>Attention heads of a block; they divide the width. Default: 8.</summary>
    [Range(1, 128)] public int Heads { get; init; } = 8;

    /// <summary>Width of the feed-forward layer. Default: 512.</summary>
    [Range(1, 65_536)] public int FeedForward { get; init; } = 512;

    /// <summary>Layers of the head that tells cell types, 1 or more. Default: 3.</summary>
    [Range(1, 16)] public int HeadLayers { get; init; } = 3;

    /// <summary>Tokens of a cell, &lt;cls&gt; among them, 2 or more; of a cell with more genes, some are drawn. Default: 1,200.</summary>
    [Range(2, 65_536)] public int MaxLength { get; init; } = 1200;

    /// <summary>Bins of values, that of zeros among them, 3 or more. Default: 51.</summary>
    [Range(3, 512)] public int Bins { get; init; } = 51;

    /// <summary>Dropout in training of value vectors and of all that the blocks add and attend to, 0 to below 1. Default: 0.2.</summary>
    [Range(0, 0.99)] public double Dropout { get; init; } = 0.2;

    /// <summary>Dropout in training of the attention weights, 0 to below 1; null takes <see cref="Dropout"/>, as published. 0 takes the faster kernel. Default: null.</summary>
    [Range(0, 0.99)] public double? AttentionDropout { get; init; }

    /// <summary>How values become vectors. Default: continuous.</summary>
    public ValueEncoding Values { get; init; }

    /// <summary>Which states a cell's vector is made of. Default: that of &lt;cls&gt;.</summary>
    public CellVector CellVector { get; init; }

    /// <summary>The value that stands beside &lt;cls&gt;: 0, or -2 (the value of padding) as the published models were pretrained. Default: 0.</summary>
    [Range(-2, 512)] public double ClsValue { get; init; }

    /// <summary>True where genes with count 0 are tokens, too, so that zeros can be learnt; false reads the expressed genes. Default: false.</summary>
    public bool ReadsZeros { get; init; }

    /// <summary>How values are predicted from a cell's vector. Default: inner product.</summary>
    public CellDecoding CellDecoding { get; init; } = CellDecoding.InnerProduct;

    /// <summary>True to predict beside a value whether it is above 0. Default: false.</summary>
    public bool ZeroProbability { get; init; }

    /// <summary>True to tell the decoders the batch that a cell is of, so that its vector need not. Default: false.</summary>
    public bool BatchLabels { get; init; }

    /// <summary>True for a head that tells the batch from the cell's vector, whose gradient is reversed, so that the vector learns not to tell it (DAR). Default: false.</summary>
    public bool Adversary { get; init; }

    /// <summary>What is done to the tokens before the first block. Default: nothing.</summary>
    public InputNorm InputNorm { get; init; }

    /// <summary>A model that trains on a laptop in minutes: 2 blocks of 64, cells of up to 600 tokens.</summary>
    public static ScGptConfig Tiny { get; } = new() { Width = 64, Layers = 2, Heads = 4, FeedForward = 128, HeadLayers = 2, MaxLength = 600, Dropout = 0.1, AttentionDropout = 0 };

    /// <summary>A model for some ten thousand cells and an hour: 4 blocks of 128, as the published script makes one without a checkpoint.</summary>
    public static ScGptConfig Small { get; } = new() { Width = 128, Layers = 4, Heads = 4, FeedForward = 128, AttentionDropout = 0 };

    /// <summary>True where the model wants to know the batch of a cell.</summary>
    internal bool WantsBatches => BatchLabels || Adversary || InputNorm == InputNorm.OfBatch;

    /// <summary>The value that stands for a hidden one.</summary>
    internal float MaskValue => Values == ValueEncoding.Category ? Bins + 1 : -1;

    /// <summary>The value of padding.</summary>
    internal float PaddingValue => Values == ValueEncoding.Category ? Bins : -2;

    /// <summary>Vectors of values where each has its own: bins, padding and mask.</summary>
    internal int ValueVectors => Bins + SpecialBins;

    /// <summary>Weights that a module of this shape has at least: vectors of tokens, and the blocks.</summary>
    /// <param name="tokens">Tokens of the vocabulary.</param>
    internal long LeastWeights(int tokens) => Width * (tokens + Layers * (4L * Width + 2L * FeedForward));

    /// <summary>Checks every range and that the options fit each other.</summary>
    /// <exception cref="ArgumentException">A value is not allowed; the message says what is.</exception>
    public ScGptConfig Validated()
    {
        Options.Validate(this);
        return this switch
        {
            _ when Width % Heads != 0 => throw new ArgumentException($"Width is {Width} with {Heads} heads; expected a multiple of the heads."),
            { Values: ValueEncoding.Category, ClsValue: < 0 } => throw new ArgumentException($"ClsValue is {ClsValue} where each bin has a vector of its own; expected 0 or more."),
            { CellDecoding: CellDecoding.ConcatQuery, ZeroProbability: true } => throw new ArgumentException("CellDecoding is ConcatQuery with ZeroProbability, which it has no output for; expected InnerProduct."),
            _ => this,
        };
    }

    /// <summary>Floating-point operations of the matrix products of one forward pass of a cell through the blocks, two a multiply-add.</summary>
    /// <param name="tokens">Tokens of the cell.</param>
    /// <param name="decoded">Tokens whose value is predicted; 0 for an embedding.</param>
    public double ForwardFlops(double tokens, double decoded)
    {
        double square = (double)Width * Width;
        var decoder = (BatchLabels ? 3 : 2) * square * (ZeroProbability ? 2 : 1);
        return Layers * (2 * tokens * (4 * square + 2.0 * Width * FeedForward) + 4 * tokens * tokens * Width) + 2 * tokens * (Values == ValueEncoding.Continuous ? square : 0)
            + 2 * decoded * (decoder + (CellDecoding == CellDecoding.None ? 0 : 2 * square));
    }
}
