using System.Runtime.InteropServices;
using TorchSharp;

namespace ScFm.Torch.Interop;

/// <summary>Functions of torch.nn.functional. Exports of native/nn.cpp, one to one.</summary>
internal static partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_linear(torch.Tensor? a, torch.Tensor? weight, torch.Tensor? bias);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_softmax(torch.Tensor? a, long dim, DType type);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_log_softmax(torch.Tensor? a, long dim, DType type);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_layer_norm(torch.Tensor? a, ReadOnlySpan<long> shape, long shapeCount, torch.Tensor? weight, torch.Tensor? bias, double eps);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_batch_norm(torch.Tensor? a, torch.Tensor? weight, torch.Tensor? bias, torch.Tensor? mean, torch.Tensor? var, [MarshalAs(UnmanagedType.U1)] bool training, double momentum, double eps);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_embedding(torch.Tensor? weight, torch.Tensor? index, long padding, [MarshalAs(UnmanagedType.U1)] bool scale, [MarshalAs(UnmanagedType.U1)] bool sparse);

    [LibraryImport(Library)]
    internal static partial int scfm_embedding_renorm_(torch.Tensor? weight, torch.Tensor? index, double maxNorm, double normType);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_dropout(torch.Tensor? a, double p, [MarshalAs(UnmanagedType.U1)] bool training);

    [LibraryImport(Library)]
    internal static partial int scfm_dropout_(torch.Tensor? a, double p, [MarshalAs(UnmanagedType.U1)] bool training);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial torch.Tensor scfm_gelu(torch.Tensor? a, string approximate);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_leaky_relu(torch.Tensor? a, double slope);

    [LibraryImport(Library)]
    internal static partial int scfm_leaky_relu_(torch.Tensor? a, double slope);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_elu(torch.Tensor? a, double alpha);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_softplus(torch.Tensor? a, double beta, double threshold);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_one_hot(torch.Tensor? a, long classes);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial torch.Tensor scfm_pad(torch.Tensor? a, ReadOnlySpan<long> sizes, long sizesCount, string mode, double value);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_cross_entropy(torch.Tensor? a, torch.Tensor? target, torch.Tensor? weight, long reduction, long ignore, double smoothing);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_nll_loss(torch.Tensor? a, torch.Tensor? target, torch.Tensor? weight, long reduction, long ignore);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_mse_loss(torch.Tensor? a, torch.Tensor? target, long reduction);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_l1_loss(torch.Tensor? a, torch.Tensor? target, long reduction);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_smooth_l1_loss(torch.Tensor? a, torch.Tensor? target, long reduction, double beta);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_huber_loss(torch.Tensor? a, torch.Tensor? target, long reduction, double delta);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_bce(torch.Tensor? a, torch.Tensor? target, torch.Tensor? weight, long reduction);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_bce_with_logits(torch.Tensor? a, torch.Tensor? target, torch.Tensor? weight, torch.Tensor? positive, long reduction);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_poisson_nll_loss(torch.Tensor? a, torch.Tensor? target, [MarshalAs(UnmanagedType.U1)] bool logInput, [MarshalAs(UnmanagedType.U1)] bool full, double eps, long reduction);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_kl_div(torch.Tensor? a, torch.Tensor? target, long reduction, [MarshalAs(UnmanagedType.U1)] bool logTarget);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_cosine_similarity(torch.Tensor? a, torch.Tensor? b, long dim, double eps);

    [LibraryImport(Library)]
    [return: MarshalAs(UnmanagedType.U1)]
    internal static partial bool scfm_has_fused_attention();

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_attention(torch.Tensor? q, torch.Tensor? k, torch.Tensor? v, torch.Tensor? mask, double p, [MarshalAs(UnmanagedType.U1)] bool causal);
}
