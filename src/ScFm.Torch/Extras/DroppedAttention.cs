using ScFm.Torch.Interop;
using TorchSharp;

namespace ScFm.Torch.Extras;

/// <summary>
/// Softmax attention within cells with dropout of its weights, in memory that grows linearly with the rows. It can be differentiated, and computes in
/// float32 also where autocast asks for less.
/// </summary>
/// <remarks>What is dropped follows from a seed, so that it need not be kept for the gradient: the same seed drops the same.</remarks>
public static class DroppedAttention
{
    /// <summary>True where it can compute with the tensor: float32 on the CPU.</summary>
    public static bool Take(torch.Tensor tensor) => tensor.dtype == torch.ScalarType.Float32 && tensor.device_type == DeviceType.CPU;

    /// <summary>Queries, keys and values to what queries take from values.</summary>
    /// <param name="queriesKeysValues">[rows, 3 D], heads side by side in each third.</param>
    /// <param name="offsets">Where each cell begins and where the last ends, [cells + 1], int64.</param>
    /// <param name="heads">Number of heads; they divide D.</param>
    /// <param name="dropout">Share of the weights that is dropped, 0 to below 1; the others are scaled up.</param>
    /// <param name="seed">Says which.</param>
    /// <returns>[rows, D].</returns>
    public static torch.Tensor Attend(torch.Tensor queriesKeysValues, torch.Tensor offsets, long heads, double dropout, long seed) =>
        NativeMethods.scfm_dropped_attention(queriesKeysValues, offsets, heads, dropout, seed);
}
