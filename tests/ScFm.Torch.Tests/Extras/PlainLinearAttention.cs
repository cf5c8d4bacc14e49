using static TorchSharp.torch;

namespace ScFm.Torch.Tests.Extras;

/// <summary>Linear attention within cells as the products of its features, in plain operations.</summary>
internal static class PlainLinearAttention
{
    /// <summary>Of queries, keys and values [rows, heads d] of cells of the given lengths, and a projection [M, d]; [rows, heads d].</summary>
    public static Tensor Attend(Tensor queries, Tensor keys, Tensor values, Tensor projection, int[] lengths, int heads, double epsilon)
    {
        var directions = projection.to(queries.dtype);
        var (mixed, first) = (new List<Tensor>(), 0L);
        foreach (var length in lengths.Where(length => length > 0))
        {
            Tensor Heads(Tensor t) => t.narrow(0, first, length).view(length, heads, -1).transpose(0, 1); // [H, n, d]
            var (asking, asked) = (Features(Heads(queries), directions, [-1], epsilon), Features(Heads(keys), directions, [0, 1, 2], epsilon));
            var taken = matmul(asking, matmul(asked.transpose(1, 2), Heads(values))) / matmul(asking, asked.sum(1).unsqueeze(-1));
            mixed.Add(taken.transpose(0, 1).reshape(length, -1));
            first += length;
        }
        return cat(mixed);
    }

    private static Tensor Features(Tensor x, Tensor projection, long[] over, double epsilon)
    {
        var scale = Math.Pow(x.shape[^1], -0.25);
        var exponents = matmul(x, projection.transpose(0, 1)) * scale;
        return exp(exponents - x.square().sum(-1, keepdim: true) * (0.5 * scale * scale) - exponents.amax(over, keepdim: true)) + epsilon;
    }
}
