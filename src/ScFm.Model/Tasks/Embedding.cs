using ScFm.Model.Cells;
using ScFm.Model.Models.ScFoundation;

namespace ScFm.Model.Tasks;

/// <summary>Cell embeddings.</summary>
/// <example><code>
/// var vectors = Embedding.Run(model, cells, new EmbeddingOptions { Pooling = Pooling.Mean });
/// </code></example>
public static class Embedding
{
    /// <summary>One vector a cell, from the encoder.</summary>
    /// <param name="model">The model.</param>
    /// <param name="cells">Single cells or bulk samples, as the options say.</param>
    /// <param name="options">Pooling, depth and what the cells are. Default: single cells with raw counts, all tokens pooled, each cell's own depth.</param>
    /// <param name="aliases">Other names of genes. Default: none.</param>
    /// <param name="progress">Told the number of cells done. Default: nobody.</param>
    /// <param name="cancellation">Stops between two batches.</param>
    /// <returns>[cells, 4 x encoder width] for <see cref="Pooling.All"/>, [cells, encoder width] for the others.</returns>
    /// <exception cref="ArgumentException">The depth asks every cell for less than was observed.</exception>
    /// <exception cref="InvalidDataException">The values are not what the options say, or a cell has no gene of the vocabulary.</exception>
    /// <remarks>A cell's vector does not depend on the cells it shares a batch with, beyond rounding.</remarks>
    public static DenseMatrix Run(
        ScFoundationModel model, AnnData cells, EmbeddingOptions? options = null, GeneAliases? aliases = null,
        IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        options ??= new();
        var profiles = ModelProfiles.Read(model, cells, options.Input, aliases);
        var width = options.Pooling.Width(model.Config);
        var embedding = new DenseMatrix(cells.CellCount, width);
        int[] none = [0]; // one wanted gene: the decoder is never called
        var tokens = profiles.Tokens(options.Depth, _ => none);
        Inference.Run(model, tokens, decode: false, (batch, indices) =>
        {
            var pooled = options.Pooling.Pool(batch, model.Module.Encode(batch)).cpu().data<float>().ToArray();
            for (var i = 0; i < indices.Length; i++)
            {
                pooled.AsSpan(i * width, width).CopyTo(embedding.Row(indices[i]));
            }
        }, progress, cancellation);
        return embedding;
    }
}
