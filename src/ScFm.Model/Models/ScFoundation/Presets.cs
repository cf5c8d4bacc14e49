namespace ScFm.Model.Models.ScFoundation;

/// <summary>Known sizes of a scFoundation.</summary>
public static class Presets
{
    /// <summary>The names, smallest first.</summary>
    public static IReadOnlyList<string> Names { get; } = ["tiny", "3m", "10m", "100m"];

    /// <summary>The sizes of a preset.</summary>
    /// <param name="name">One of <see cref="Names"/>: tiny trains on a laptop in minutes, 3m and 10m are the small models of the paper's scaling study (the sizes are ours, the paper gives parameter counts only), 100m is the published model.</param>
    /// <param name="genes">Number of genes in the vocabulary.</param>
    /// <exception cref="ArgumentException">There is no such preset.</exception>
    public static ScFoundationConfig Find(string name, int genes) => name switch
    {
        // one decoder block, so that a training step touches only masked and expressed genes; few cells, so no dropout and fixed features
        "tiny" => new() { Genes = genes, EncoderWidth = 64, EncoderDepth = 2, EncoderHeads = 2, DecoderWidth = 32, DecoderDepth = 1, DecoderHeads = 2, DecoderHeadWidth = 16, Bins = 32, Dropout = 0, RedrawInterval = 0 },
        "3m" => new() { Genes = genes, EncoderWidth = 128, EncoderDepth = 4, EncoderHeads = 4, DecoderWidth = 64, DecoderDepth = 2, DecoderHeads = 2, DecoderHeadWidth = 32 },
        "10m" => new() { Genes = genes, EncoderWidth = 256, EncoderDepth = 6, EncoderHeads = 8, DecoderWidth = 192, DecoderDepth = 3, DecoderHeads = 6, DecoderHeadWidth = 32 },
        "100m" => new() { Genes = genes },
        _ => throw new ArgumentException($"There is no preset '{name}'; expected one of {string.Join(", ", Names)}."),
    };
}
