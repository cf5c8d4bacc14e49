using System.Runtime.InteropServices;
using ScFm.Torch.Interop;
using TorchSharp;

namespace ScFm.Torch.Extras;

/// <summary>
/// Layers as single kernels for the CPU: nothing that one of them computes on its way is written to memory. Each can be differentiated.
/// The rows of all cells lie one after another, without padding; <c>offsets</c> [cells + 1], int64, says where each cell begins and where the last ends.
/// </summary>
/// <remarks>Ask <see cref="Take"/> first. The same numbers come from plain operations, up to rounding; a row's result does not depend on the other cells.</remarks>
public static class Kernels
{
    /// <summary>What stands between the two products of a feed-forward layer.</summary>
    public enum Activation
    {
        /// <summary>Nothing.</summary>
        None,

        /// <summary>max(0, x).</summary>
        Relu,

        /// <summary>x Phi(x).</summary>
        Gelu,
    }

    /// <summary>avx512 or avx2; null where there are no kernels for this processor. The environment's SCFM_KERNELS (avx512, avx2, none) narrows the choice.</summary>
    public static string? InstructionSet { get; } = Marshal.PtrToStringUTF8(NativeMethods.scfm_kernel_set());

    /// <summary>
    /// True where the dense layers and <see cref="Attention"/> round their factors to bfloat16 and sum in float32 while <see cref="Autocast"/> asks for it.
    /// Gradients are computed in float32 in any case.
    /// </summary>
    public static bool HasBFloat16 { get; } = NativeMethods.scfm_kernels_take_bfloat16();

    /// <summary>True where the kernels can compute with the tensor now: float32 on a CPU that they are made for, in a precision that they have.</summary>
    public static bool Take(torch.Tensor tensor) =>
        InstructionSet is not null && tensor.dtype == torch.ScalarType.Float32 && tensor.device_type == DeviceType.CPU
        && (HasBFloat16 || Autocast.Current(DeviceType.CPU) is null);

    /// <summary>A number that changes when one of the tensors is written to or is another one: tells whether what was made of them still holds.</summary>
    public static long State(IReadOnlyList<torch.Tensor> tensors) => NativeMethods.scfm_state_of(TensorHandles.Of(tensors), tensors.Count);

    /// <summary>x W^T + b + add, of x [..., in], W [out, in], b [out] and add [..., out].</summary>
    public static torch.Tensor Linear(torch.Tensor x, torch.Tensor weight, torch.Tensor? bias = null, torch.Tensor? add = null) =>
        NativeMethods.scfm_fused_linear(x, weight, bias, add);

    /// <summary>activation(x W1^T + b1) W2^T + b2 + add; the hidden values are never in memory as a whole, and are made anew for the gradient.</summary>
    public static torch.Tensor FeedForward(
        torch.Tensor x, torch.Tensor weight1, torch.Tensor bias1, torch.Tensor weight2, torch.Tensor bias2, Activation activation, torch.Tensor? add = null) =>
        NativeMethods.scfm_fused_feed_forward(x, weight1, bias1, weight2, bias2, add, (long)activation);

    /// <summary>Softmax attention within each cell; memory grows linearly with the rows.</summary>
    /// <param name="queriesKeysValues">[rows, 3 D], heads side by side in each third.</param>
    /// <param name="offsets">Where cells begin.</param>
    /// <param name="heads">Number of heads; they divide D.</param>
    /// <returns>[rows, D].</returns>
    public static torch.Tensor Attention(torch.Tensor queriesKeysValues, torch.Tensor offsets, long heads) =>
        NativeMethods.scfm_fused_attention(queriesKeysValues, offsets, heads);

    /// <summary>Linear attention, first half: the sums of the random features of each cell's keys, alone and times the values.</summary>
    /// <param name="keys">[rows, heads d].</param>
    /// <param name="values">[rows, heads d].</param>
    /// <param name="projection">The features' directions, [M, d].</param>
    /// <param name="offsets">Where cells begin.</param>
    /// <param name="heads">Number of heads.</param>
    /// <param name="epsilon">Added to every feature.</param>
    /// <returns>Mass [cells, heads, M] and values [cells, heads, M, d]; the largest exponent of a cell is subtracted in both.</returns>
    public static (torch.Tensor Mass, torch.Tensor Values) KeySums(torch.Tensor keys, torch.Tensor values, torch.Tensor projection, torch.Tensor offsets, long heads, double epsilon)
    {
        var sums = TensorHandles.Take(NativeMethods.scfm_fused_key_sums(keys, values, projection, offsets, heads, epsilon, out var list), list);
        return (sums[0], sums[1]);
    }

    /// <summary>The sums of <see cref="KeySums"/> before anything is added to the features, so that the sums of several sets of rows can be joined. Not differentiable.</summary>
    /// <returns>Mass and values; the maximum of each cell [cells], which is subtracted in both; and each row's largest exponent, [heads, rows].</returns>
    public static (torch.Tensor Mass, torch.Tensor Values, torch.Tensor Maximum, torch.Tensor Tops) PlainKeySums(
        torch.Tensor keys, torch.Tensor values, torch.Tensor projection, torch.Tensor offsets, long heads)
    {
        var sums = TensorHandles.Take(NativeMethods.scfm_fused_plain_key_sums(keys, values, projection, offsets, heads, out var list), list);
        return (sums[0], sums[1], sums[2], sums[3]);
    }

    /// <summary>Linear attention, second half: what queries [rows, heads d] take from the sums over their cell's keys; [rows, heads d].</summary>
    public static torch.Tensor Queries(torch.Tensor queries, torch.Tensor mass, torch.Tensor values, torch.Tensor projection, torch.Tensor offsets, long heads, double epsilon) =>
        NativeMethods.scfm_fused_queries(queries, mass, values, projection, offsets, heads, epsilon);

    /// <summary>The layer norm of x + add, and x + add.</summary>
    public static (torch.Tensor Normed, torch.Tensor Sum) AddNorm(torch.Tensor x, torch.Tensor add, torch.Tensor weight, torch.Tensor bias, double epsilon = 1e-5)
    {
        var both = TensorHandles.Take(NativeMethods.scfm_fused_add_norm(x, add, weight, bias, epsilon, out var list), list);
        return (both[0], both[1]);
    }

    /// <summary>The layer norm of x.</summary>
    public static torch.Tensor Norm(torch.Tensor x, torch.Tensor weight, torch.Tensor bias, double epsilon = 1e-5) =>
        TensorHandles.Take(NativeMethods.scfm_fused_add_norm(x, null, weight, bias, epsilon, out var list), list)[0];
}
