using System.Runtime.InteropServices;
using TorchSharp;

namespace ScFm.Torch.Interop;

/// <summary>Reductions. Exports of native/tensor_reduce.cpp, one to one.</summary>
internal static partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_sum(torch.Tensor? a, ReadOnlySpan<long> dims, long dimsCount, [MarshalAs(UnmanagedType.U1)] bool keepdim, DType type);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_nansum(torch.Tensor? a, ReadOnlySpan<long> dims, long dimsCount, [MarshalAs(UnmanagedType.U1)] bool keepdim, DType type);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_mean(torch.Tensor? a, ReadOnlySpan<long> dims, long dimsCount, [MarshalAs(UnmanagedType.U1)] bool keepdim, DType type);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_var(torch.Tensor? a, ReadOnlySpan<long> dims, long dimsCount, [MarshalAs(UnmanagedType.U1)] bool unbiased, [MarshalAs(UnmanagedType.U1)] bool keepdim);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_std(torch.Tensor? a, ReadOnlySpan<long> dims, long dimsCount, [MarshalAs(UnmanagedType.U1)] bool unbiased, [MarshalAs(UnmanagedType.U1)] bool keepdim);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_norm(torch.Tensor? a, ScalarValue p, ReadOnlySpan<long> dims, long dimsCount, [MarshalAs(UnmanagedType.U1)] bool keepdim);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_logsumexp(torch.Tensor? a, ReadOnlySpan<long> dims, long dimsCount, [MarshalAs(UnmanagedType.U1)] bool keepdim);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_amax(torch.Tensor? a, ReadOnlySpan<long> dims, long dimsCount, [MarshalAs(UnmanagedType.U1)] bool keepdim);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_amin(torch.Tensor? a, ReadOnlySpan<long> dims, long dimsCount, [MarshalAs(UnmanagedType.U1)] bool keepdim);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_max(torch.Tensor? a);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_min(torch.Tensor? a);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_median(torch.Tensor? a);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_prod(torch.Tensor? a, DType type);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_prod_dim(torch.Tensor? a, long dim, [MarshalAs(UnmanagedType.U1)] bool keepdim, DType type);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_all(torch.Tensor? a);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_all_dim(torch.Tensor? a, long dim, [MarshalAs(UnmanagedType.U1)] bool keepdim);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_any(torch.Tensor? a);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_any_dim(torch.Tensor? a, long dim, [MarshalAs(UnmanagedType.U1)] bool keepdim);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_argmax(torch.Tensor? a, long dim, [MarshalAs(UnmanagedType.U1)] bool whole, [MarshalAs(UnmanagedType.U1)] bool keepdim);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_argmin(torch.Tensor? a, long dim, [MarshalAs(UnmanagedType.U1)] bool whole, [MarshalAs(UnmanagedType.U1)] bool keepdim);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_argsort(torch.Tensor? a, long dim, [MarshalAs(UnmanagedType.U1)] bool descending);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_cumsum(torch.Tensor? a, long dim, DType type);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_cumprod(torch.Tensor? a, long dim, DType type);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_bincount(torch.Tensor? a, torch.Tensor? weights, long minlength);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_count_nonzero(torch.Tensor? a, ReadOnlySpan<long> dims, long dimsCount);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_quantile(torch.Tensor? a, torch.Tensor? q, long dim, [MarshalAs(UnmanagedType.U1)] bool whole, [MarshalAs(UnmanagedType.U1)] bool keepdim);

    [LibraryImport(Library)]
    internal static partial int scfm_max_dim(torch.Tensor? a, long dim, [MarshalAs(UnmanagedType.U1)] bool keepdim, out torch.Tensor first, out torch.Tensor second);

    [LibraryImport(Library)]
    internal static partial int scfm_min_dim(torch.Tensor? a, long dim, [MarshalAs(UnmanagedType.U1)] bool keepdim, out torch.Tensor first, out torch.Tensor second);

    [LibraryImport(Library)]
    internal static partial int scfm_median_dim(torch.Tensor? a, long dim, [MarshalAs(UnmanagedType.U1)] bool keepdim, out torch.Tensor first, out torch.Tensor second);

    [LibraryImport(Library)]
    internal static partial int scfm_topk(torch.Tensor? a, long k, long dim, [MarshalAs(UnmanagedType.U1)] bool largest, [MarshalAs(UnmanagedType.U1)] bool sorted, out torch.Tensor first, out torch.Tensor second);

    [LibraryImport(Library)]
    internal static partial int scfm_sort(torch.Tensor? a, long dim, [MarshalAs(UnmanagedType.U1)] bool descending, [MarshalAs(UnmanagedType.U1)] bool stable, out torch.Tensor first, out torch.Tensor second);

    [LibraryImport(Library)]
    internal static partial int scfm_kthvalue(torch.Tensor? a, long k, long dim, [MarshalAs(UnmanagedType.U1)] bool keepdim, out torch.Tensor first, out torch.Tensor second);

    [LibraryImport(Library)]
    internal static partial int scfm_unique(torch.Tensor? a, [MarshalAs(UnmanagedType.U1)] bool sorted, [MarshalAs(UnmanagedType.U1)] bool inverse, [MarshalAs(UnmanagedType.U1)] bool counts, long dim, [MarshalAs(UnmanagedType.U1)] bool whole, out torch.Tensor values, out torch.Tensor inverses, out torch.Tensor tally);
}
