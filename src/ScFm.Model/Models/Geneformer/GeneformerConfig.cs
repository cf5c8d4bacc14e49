using System.ComponentModel.DataAnnotations;

namespace ScFm.Model.Models.Geneformer;

/// <summary>The sizes of a Geneformer; the number of tokens comes from its genes. The defaults are the published model of 6 layers.</summary>
/// <remarks>Source: Geneformer (Theodoris et al. 2023), Methods, "Geneformer architecture": a BERT with ReLU, post-norm, learned positions and tied output weights.</remarks>
public sealed record GeneformerConfig
{
    /// <summary>Width of a token. Default: 256.</summary>
    [Range(1, 16_384)] public int Width { get; init; } = 256;

    /// <summary>Transformer blocks, 1 or more. Default: 6.</summary>
    [Range(1, 128)] public int Layers { get; init; } = 6;

    /// <summary>Attention heads of a block; they divide the width. Default: 4.</summary>
    [Range(1, 128)] public int Heads { get; init; } = 4;

    /// <summary>Width of the feed-forward layer. Default: 512.</summary>
    [Range(1, 65_536)] public int FeedForward { get; init; } = 512;

    /// <summary>Genes of a cell that the model reads, from the highest rank on, 1 or more. Default: 2,048.</summary>
    [Range(1, 65_536)] public int MaxLength { get; init; } = 2048;

    /// <summary>Dropout in training of the embeddings and of what the blocks add, 0 to below 1. Default: 0.02.</summary>
    [Range(0, 0.99)] public double Dropout { get; init; } = 0.02;

    /// <summary>
    /// Dropout in training of the attention weights, 0 to below 1. Default: 0.02, as published. 0 is another regularisation than that, and takes a kernel that
    /// halves the time of a step over cells of 2,048 genes.
    /// </summary>
    [Range(0, 0.99)] public double AttentionDropout { get; init; } = 0.02;

    /// <summary>Added to the variance by the norms. Default: 1e-12.</summary>
    [Range(1e-30, 1)] public double Epsilon { get; init; } = 1e-12;

    /// <summary>Standard deviation of the first weights. Default: 0.02.</summary>
    [Range(1e-9, 1)] public double InitialDeviation { get; init; } = 0.02;

    /// <summary>A small model that trains on a laptop in minutes: 2 layers of 64, cells of 256 genes, no dropout.</summary>
    public static GeneformerConfig Tiny { get; } = new() { Width = 64, Layers = 2, Heads = 2, FeedForward = 128, MaxLength = 256, Dropout = 0, AttentionDropout = 0 };

    /// <summary>Weights that a module of these sizes has at least: its embeddings, and its blocks' products.</summary>
    /// <param name="tokens">Number of tokens that there are.</param>
    internal long LeastWeights(int tokens) => (long)Width * ((long)tokens + MaxLength + Layers * (4L * Width + 2L * FeedForward));

    /// <summary>The names of known sizes, smallest first.</summary>
    public static IReadOnlyList<string> Presets { get; } = ["tiny", "published"];

    /// <summary>Known sizes by name.</summary>
    /// <param name="name">One of <see cref="Presets"/>.</param>
    /// <exception cref="ArgumentException">There are no such.</exception>
    public static GeneformerConfig Find(string name) => name switch
    {
        "tiny" => Tiny,
        "published" => new(),
        _ => throw new ArgumentException($"There is no preset '{name}'; expected one of {string.Join(", ", Presets)}."),
    };

    /// <summary>Checks every range and that the heads divide the width.</summary>
    /// <exception cref="ArgumentException">A value is not allowed; the message says what is.</exception>
    public GeneformerConfig Validated() => Options.Validate(this).Width % Heads == 0
        ? this
        : throw new ArgumentException($"Width is {Width} with {Heads} heads; expected a multiple of the heads.");

    /// <summary>Float values that a cell needs in the encoder at its widest point, without gradients.</summary>
    /// <param name="tokens">Tokens of the cell.</param>
    internal long Footprint(long tokens) => Math.Max(tokens * Math.Max(3 * Width, FeedForward), tokens * tokens * Heads);

    /// <summary>Floating-point operations of the matrix products of one forward pass of a cell, two a multiply-add.</summary>
    /// <param name="tokens">Tokens of the cell.</param>
    /// <param name="predicted">Tokens that the output predicts; 0 for an embedding.</param>
    /// <param name="vocabulary">Number of tokens that there are.</param>
    public double ForwardFlops(double tokens, double predicted, int vocabulary) =>
        Layers * (2 * tokens * Width * (4.0 * Width + 2.0 * FeedForward) + 4 * tokens * tokens * Width) + 2 * predicted * Width * ((double)Width + vocabulary);
}
