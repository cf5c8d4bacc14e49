using ScFm.Model.Cells;
using ScFm.Model.Models.ScFoundation;

namespace ScFm.Model.Tasks;

/// <summary>Cell embeddings.</summary>
public static class Embedding
{
    /// <summary>One vector a cell, from the encoder.</summary>
    /// <param name="model">The model.</param>
    /// <param name="cells">Cells with raw counts.</param>
    /// <param name="pooling">How a cell's tokens become one vector. Default: all.</param>
    /// <param name="depth">The read depth that T asks for. Default: the cell's own.</param>
    /// <param name="aliases">Other names of genes. Default: none.</param>
    /// <param name="progress">Told the number of cells done. Default: nobody.</param>
    /// <param name="cancellation">Stops between two batches.</param>
    /// <returns>[cells, 4 x encoder width] for <see cref="Pooling.All"/>, [cells, encoder width] for the others.</returns>
    /// <exception cref="InvalidDataException">The values are not raw counts, or a cell has no gene of the vocabulary.</exception>
    /// <remarks>A cell's vector does not depend on the cells it shares a batch with, beyond rounding.</remarks>
    public static DenseMatrix Run(
        ScFoundationModel model, AnnData cells, Pooling pooling = Pooling.All, Depth depth = default, GeneAliases? aliases = null,
        IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        var profiles = ModelProfiles.Read(model, cells, aliases);
        var width = model.Config.EncoderWidth * (pooling == Pooling.All ? 4 : 1);
        var embedding = new DenseMatrix(cells.CellCount, width);
        int[] none = [0]; // one wanted gene: the decoder is never called
        var tokens = profiles.Tokens(depth, _ => none);
        Inference.Run(model, tokens, decode: false, (batch, indices) =>
        {
            var pooled = pooling.Pool(batch, model.Module.Encode(batch)).cpu().data<float>().ToArray();
            for (var i = 0; i < indices.Length; i++)
            {
                pooled.AsSpan(i * width, width).CopyTo(embedding.Row(indices[i]));
            }
        }, progress, cancellation);
        return embedding;
    }
}
