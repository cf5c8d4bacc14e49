using System.Runtime.InteropServices;
using ScFm.Torch.Interop;
using TorchSharp;

namespace ScFm.Torch.Extras;

/// <summary>
/// Layers as single kernels, all of them for the CPU and some for CUDA: nothing that one of them computes on its way is written to memory. Each can be differentiated.
/// The rows of all cells lie one after another, without padding; <c>offsets</c> [cells + 1], int64, says where each cell begins and where the last ends.
/// </summary>
/// <remarks>Ask <see cref="Take"/> first, or <see cref="TakeAnywhere"/> for those that there are for CUDA. The same numbers come from plain operations, up to rounding; a row's result does not depend on the other cells.</remarks>
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

    /// <summary>
    /// True where the kernels that there are for CUDA, too, can compute with the tensor now (<see cref="KeySums"/>, <see cref="Queries"/>, <see cref="Norm"/>, <see cref="AddNorm"/>): where all
    /// of them can (<see cref="Take"/>), and on an NVIDIA card of Ampere or later for float32 and bfloat16. Offsets stay on the CPU.
    /// </summary>
    public static bool TakeAnywhere(torch.Tensor tensor) => Take(tensor) || TakeOnCard(tensor);

    /// <summary>True where the kernels that are for CUDA only can compute with the tensor: <see cref="BinWeights"/>.</summary>
    public static bool TakeOnCard(torch.Tensor tensor) =>
        tensor.device_type == DeviceType.CUDA && tensor.dtype is torch.ScalarType.Float32 or torch.ScalarType.BFloat16
        && NativeMethods.scfm_card_has_kernels(tensor.device_index);

    /// <summary>True where <see cref="Attention"/> can compute with the tensor now: where <see cref="Take"/> says so, and on a CUDA device where libtorch has a kernel for heads of that width.</summary>
    public static bool TakeAttention(torch.Tensor tensor, long headWidth) =>
        Take(tensor) || (tensor.device_type == DeviceType.CUDA && NativeMethods.scfm_card_has_attention(tensor, headWidth));

    /// <summary>A number that changes when one of the tensors is written to or is another one: tells whether what was made of them still holds.</summary>
    public static long State(IReadOnlyList<torch.Tensor> tensors) => NativeMethods.scfm_state_of(TensorHandles.Of(tensors), tensors.Count);

    /// <summary>x W^T + b + add, of x [..., in], W [out, in], b [out] and add [..., out].</summary>
    public static torch.Tensor Linear(torch.Tensor x, torch.Tensor weight, torch.Tensor? bias = null, torch.Tensor? add = null) =>
        NativeMethods.scfm_fused_linear(x, weight, bias, add);

    /// <summary>x W^T + b of <see cref="Linear"/>, to the last bit where all is finite, of an x that is zero but for some values. It is computed in float32, and x gets no gradient.</summary>
    /// <param name="values">The values of x that are not zero, row after row, [N].</param>
    /// <param name="columns">The column of each, ascending within a row, int32 [N].</param>
    /// <param name="offsets">Where each row begins and the last one ends, int64 [rows + 1].</param>
    /// <param name="weight">[out, in].</param>
    /// <param name="bias">[out]; null for none.</param>
    /// <returns>[rows, out].</returns>
    public static torch.Tensor SparseLinear(torch.Tensor values, torch.Tensor columns, torch.Tensor offsets, torch.Tensor weight, torch.Tensor? bias = null) =>
        NativeMethods.scfm_fused_sparse_linear(values, columns, offsets, weight, bias);

    /// <summary>activation(x W1^T + b1) W2^T + b2 + add; the hidden values are never in memory as a whole, and are made anew for the gradient.</summary>
    public static torch.Tensor FeedForward(
        torch.Tensor x, torch.Tensor weight1, torch.Tensor bias1, torch.Tensor weight2, torch.Tensor bias2, Activation activation, torch.Tensor? add = null) =>
        NativeMethods.scfm_fused_feed_forward(x, weight1, bias1, weight2, bias2, add, (long)activation);

    /// <summary>Softmax attention within each cell; memory grows linearly with the rows.</summary>
    /// <param name="queriesKeysValues">[rows, 3 D], heads side by side in each third.</param>
    /// <param name="offsets">Where cells begin.</param>
    /// <param name="heads">Number of heads; they divide D.</param>
    /// <param name="dropout">On CUDA, the share of the weights that is dropped, 0 to below 1, drawn from the device's generator. Default: 0; on the CPU see <see cref="DroppedAttention"/>.</param>
    /// <returns>[rows, D].</returns>
    public static torch.Tensor Attention(torch.Tensor queriesKeysValues, torch.Tensor offsets, long heads, double dropout = 0) =>
        NativeMethods.scfm_fused_attention(queriesKeysValues, offsets, heads, dropout);

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
    /// <param name="x">[..., D].</param>
    /// <param name="add">[..., D].</param>
    /// <param name="weight">[D].</param>
    /// <param name="bias">[D].</param>
    /// <param name="epsilon">Added to the variance. Default: 1e-5.</param>
    /// <param name="type">On CUDA, the type of what is normed, which may be bfloat16 beside a float32 x and sum, as add may. Default: null, that of x.</param>
    public static (torch.Tensor Normed, torch.Tensor Sum) AddNorm(
        torch.Tensor x, torch.Tensor add, torch.Tensor weight, torch.Tensor bias, double epsilon = 1e-5, torch.ScalarType? type = null)
    {
        var both = TensorHandles.Take(NativeMethods.scfm_fused_add_norm(x, add, weight, bias, epsilon, (int?)type ?? -1, out var list), list);
        return (both[0], both[1]);
    }

    /// <summary>The layer norm of x; on CUDA in another type where that is wanted, as for <see cref="AddNorm"/>.</summary>
    public static torch.Tensor Norm(torch.Tensor x, torch.Tensor weight, torch.Tensor bias, double epsilon = 1e-5, torch.ScalarType? type = null) =>
        TensorHandles.Take(NativeMethods.scfm_fused_add_norm(x, null, weight, bias, epsilon, (int?)type ?? -1, out var list), list)[0];

    /// <summary>The most bins of <see cref="BinWeights"/>.</summary>
    public static long MostBins { get; } = NativeMethods.scfm_most_bins();

    /// <summary>
    /// The weights of bins that a value is embedded by: softmax(W2 h + b2 + alpha h), with h = leaky_relu(w1 x + b1). For CUDA only, in float32; what lies between is never in memory.
    /// </summary>
    /// <param name="x">The values, [...].</param>
    /// <param name="weight1">[bins, 1], 1 to <see cref="MostBins"/> bins.</param>
    /// <param name="bias1">[bins].</param>
    /// <param name="weight2">[bins, bins].</param>
    /// <param name="bias2">[bins].</param>
    /// <param name="alpha">Weight of h beside its product.</param>
    /// <param name="negativeSlope">Of the leaky ReLU.</param>
    /// <param name="type">Of the result. Default: null, float32.</param>
    /// <returns>[..., bins].</returns>
    public static torch.Tensor BinWeights(
        torch.Tensor x, torch.Tensor weight1, torch.Tensor bias1, torch.Tensor weight2, torch.Tensor bias2, double alpha, double negativeSlope, torch.ScalarType? type = null) =>
        NativeMethods.scfm_fused_bin_weights(x, weight1, bias1, weight2, bias2, alpha, negativeSlope, (int?)type ?? -1);

    /// <summary>Batch norm in training, each column over the rows; then ReLU and dropout where they are wanted.</summary>
    /// <remarks>What is dropped follows from a seed, so that it need not be kept for the gradient: the same seed drops the same.</remarks>
    /// <param name="x">[rows, features], two rows or more.</param>
    /// <param name="weight">[features].</param>
    /// <param name="bias">[features].</param>
    /// <param name="runningMean">Moved towards the rows' mean, [features].</param>
    /// <param name="runningVariance">Moved towards the rows' unbiased variance, [features].</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <param name="momentum">How far the running statistics move, 0 to 1.</param>
    /// <param name="relu">True to set what is negative to 0. Default: false.</param>
    /// <param name="dropout">Share of the results that is set to 0, 0 to below 1; the others are scaled up. Default: 0.</param>
    /// <param name="seed">Says which. Default: 0.</param>
    public static torch.Tensor BatchNorm(
        torch.Tensor x, torch.Tensor weight, torch.Tensor bias, torch.Tensor runningMean, torch.Tensor runningVariance, double epsilon, double momentum, bool relu = false,
        double dropout = 0, long seed = 0) =>
        NativeMethods.scfm_fused_batch_norm(x, weight, bias, runningMean, runningVariance, epsilon, momentum, relu, dropout, seed);

    /// <summary>Draws from independent normal distributions that gradients pass through, and the divergence of each row's from a prior.</summary>
    /// <param name="mean">The means, [rows, width].</param>
    /// <param name="variance">The variances, above 0, [rows, width].</param>
    /// <param name="noise">Standard normal numbers, [rows, width].</param>
    /// <param name="priorMean">The prior's means, [rows, width]; null for 0.</param>
    /// <param name="priorVariance">The prior's variances, [rows, width]; null for 1.</param>
    /// <returns>mean + sqrt(variance) noise, [rows, width]; and the Kullback-Leibler divergences, [rows].</returns>
    public static (torch.Tensor Draw, torch.Tensor Divergence) NormalDraw(
        torch.Tensor mean, torch.Tensor variance, torch.Tensor noise, torch.Tensor? priorMean = null, torch.Tensor? priorVariance = null)
    {
        var both = TensorHandles.Take(NativeMethods.scfm_fused_normal_draw(mean, variance, noise, priorMean, priorVariance, out var list), list);
        return (both[0], both[1]);
    }

    /// <summary>The logarithm of the probability of each cell's counts under negative binomial distributions, with additional zeros or without.</summary>
    /// <param name="logits">Their softmax is each gene's share of a cell, [cells, genes].</param>
    /// <param name="library">The logarithm of what the shares are of, [cells] or [cells, 1]; a count's mean is its exponential times the share.</param>
    /// <param name="dispersion">Above 0, [genes] or [cells, genes].</param>
    /// <param name="zeroLogits">The logit of the probability of an additional zero, [cells, genes]; null where there is none.</param>
    /// <param name="counts">The counts that are not zero, cell after cell, [N].</param>
    /// <param name="genes">The gene of each of them, int32 [N].</param>
    /// <param name="offsets">Where each cell's counts begin and the last cell's end, int64 [cells + 1].</param>
    /// <returns>[cells].</returns>
    public static torch.Tensor CountLikelihood(
        torch.Tensor logits, torch.Tensor library, torch.Tensor dispersion, torch.Tensor? zeroLogits, torch.Tensor counts, torch.Tensor genes, torch.Tensor offsets) =>
        NativeMethods.scfm_fused_count_likelihood(logits, library, dispersion, zeroLogits, counts, genes, offsets);
}
