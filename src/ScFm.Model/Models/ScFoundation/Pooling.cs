using static TorchSharp.torch;

namespace ScFm.Model.Models.ScFoundation;

/// <summary>How the tokens of a cell become one vector.</summary>
public enum Pooling
{
    /// <summary>The states of S and T, then the maximum and the mean over the expressed genes: four times the encoder's width. Published default.</summary>
    All,

    /// <summary>The maximum over all visible tokens, T and S included: the encoder's width.</summary>
    Max,

    /// <summary>The mean over the expressed genes: the encoder's width. Ours: in small models it says most of the cell's type.</summary>
    Mean,
}

/// <summary>The poolings' mathematics.</summary>
public static class PoolingExtensions
{
    /// <summary>Encoder states [V, D] to cell embeddings [B, 4 D] or [B, D].</summary>
    /// <remarks>Source: get_embedding.py of the reference. A cell without expressed genes has zeros in the parts max and mean.</remarks>
    public static Tensor Pool(this Pooling pooling, TokenBatch batch, Tensor encoded) =>
        stack([.. Enumerable.Range(0, batch.Cells).Select(cell => pooling.Pool(batch.Rows.Of(cell, encoded)))]);

    /// <summary>Numbers of a cell's vector.</summary>
    /// <param name="pooling">How it is made.</param>
    /// <param name="config">The model's sizes.</param>
    public static int Width(this Pooling pooling, ScFoundationConfig config) => pooling == Pooling.All ? 4 * config.EncoderWidth : config.EncoderWidth;

    /// <summary>The states of one cell, [K, D], T and S the last two, to its embedding.</summary>
    private static Tensor Pool(this Pooling pooling, Tensor states)
    {
        if (pooling == Pooling.Max)
        {
            return states.amax([0]);
        }
        var genes = states.shape[0] - 2;
        var expressed = states.narrow(0, 0, genes);
        var none = zeros_like(states[0]);
        var mean = genes == 0 ? none : expressed.mean([0]);
        return pooling == Pooling.Mean ? mean : cat([states[genes + 1], states[genes], genes == 0 ? none : expressed.amax([0]), mean]);
    }
}
