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
    /// <summary>Encoder states [B, K, D] to cell embeddings [B, 4 D] or [B, D].</summary>
    /// <remarks>Source: get_embedding.py of the reference. A cell without expressed genes has zeros in the parts max and mean.</remarks>
    public static Tensor Pool(this Pooling pooling, TokenBatch batch, Tensor encoded)
    {
        if (pooling == Pooling.Max)
        {
            return Largest(encoded, batch.Exists.unsqueeze(-1));
        }
        var count = batch.Exists.sum(1); // visible tokens of each cell, T and S the last two, [B]
        var width = encoded.shape[2];
        Tensor FromEnd(long back) => encoded.gather(1, (count - back).view(-1, 1, 1).expand(-1, 1, width)).squeeze(1);

        var place = arange(encoded.shape[1], device: encoded.device).unsqueeze(0);
        var genes = place.lt((count - 2).unsqueeze(1)).unsqueeze(-1); // [B, K, 1]
        var mean = (encoded * genes).sum(1) / (count - 2).clamp(min: 1).unsqueeze(1);
        if (pooling == Pooling.Mean)
        {
            return mean;
        }
        var largest = Largest(encoded, genes).masked_fill(count.eq(2).unsqueeze(1), 0);
        return cat([FromEnd(1), FromEnd(2), largest, mean], 1);
    }

    private static Tensor Largest(Tensor encoded, Tensor among) =>
        encoded.masked_fill(among.logical_not(), float.MinValue).amax([1]);
}
