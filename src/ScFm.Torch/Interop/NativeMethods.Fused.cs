using System.Runtime.InteropServices;
using TorchSharp;

namespace ScFm.Torch.Interop;

/// <summary>Kernels of our own. Exports of native/fused, one to one.</summary>
internal static partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static partial IntPtr scfm_kernel_set();

    [LibraryImport(Library)]
    [return: MarshalAs(UnmanagedType.U1)]
    internal static partial bool scfm_kernels_take_bfloat16();

    [LibraryImport(Library)]
    [return: MarshalAs(UnmanagedType.U1)]
    internal static partial bool scfm_card_has_kernels(int card);

    [LibraryImport(Library)]
    [return: MarshalAs(UnmanagedType.U1)]
    internal static partial bool scfm_card_has_attention(torch.Tensor? like, long width);

    [LibraryImport(Library)]
    internal static partial long scfm_most_bins();

    [LibraryImport(Library)]
    internal static partial long scfm_state_of(ReadOnlySpan<IntPtr> tensors, long count);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_fused_linear(torch.Tensor? x, torch.Tensor? weight, torch.Tensor? bias, torch.Tensor? add);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_fused_sparse_linear(torch.Tensor? values, torch.Tensor? columns, torch.Tensor? offsets, torch.Tensor? weight, torch.Tensor? bias);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_fused_feed_forward(torch.Tensor? x, torch.Tensor? w1, torch.Tensor? b1, torch.Tensor? w2, torch.Tensor? b2, torch.Tensor? add, long activation);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_fused_attention(torch.Tensor? qkv, torch.Tensor? offsets, long heads, double dropout);

    [LibraryImport(Library)]
    internal static partial long scfm_fused_key_sums(torch.Tensor? keys, torch.Tensor? values, torch.Tensor? projection, torch.Tensor? offsets, long heads, double epsilon, out IntPtr list);

    [LibraryImport(Library)]
    internal static partial long scfm_fused_plain_key_sums(torch.Tensor? keys, torch.Tensor? values, torch.Tensor? projection, torch.Tensor? offsets, long heads, out IntPtr list);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_fused_queries(torch.Tensor? queries, torch.Tensor? mass, torch.Tensor? values, torch.Tensor? projection, torch.Tensor? offsets, long heads, double epsilon);

    [LibraryImport(Library)]
    internal static partial long scfm_fused_add_norm(torch.Tensor? x, torch.Tensor? add, torch.Tensor? weight, torch.Tensor? bias, double epsilon, int type, out IntPtr list);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_fused_bin_weights(
        torch.Tensor? x, torch.Tensor? weight1, torch.Tensor? bias1, torch.Tensor? weight2, torch.Tensor? bias2, double alpha, double negative_slope, int type);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_fused_batch_norm(
        torch.Tensor? x, torch.Tensor? weight, torch.Tensor? bias, torch.Tensor? running_mean, torch.Tensor? running_variance, double epsilon, double momentum,
        [MarshalAs(UnmanagedType.U1)] bool relu, double dropout, long seed);

    [LibraryImport(Library)]
    internal static partial long scfm_fused_normal_draw(torch.Tensor? mean, torch.Tensor? variance, torch.Tensor? noise, torch.Tensor? prior_mean, torch.Tensor? prior_variance, out IntPtr list);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_fused_count_likelihood(
        torch.Tensor? logits, torch.Tensor? library, torch.Tensor? dispersion, torch.Tensor? zero_logits, torch.Tensor? counts, torch.Tensor? genes, torch.Tensor? offsets);
}
