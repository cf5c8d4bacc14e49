using System.Runtime.InteropServices;
using TorchSharp;

namespace ScFm.Torch.Interop;

/// <summary>Indexing. Exports of native/tensor_index.cpp, one to one.</summary>
internal static partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_index(torch.Tensor? a, ReadOnlySpan<IndexValue> indices, long count);

    [LibraryImport(Library)]
    internal static partial int scfm_index_put_(torch.Tensor? a, ReadOnlySpan<IndexValue> indices, long count, torch.Tensor? value);

    [LibraryImport(Library)]
    internal static partial int scfm_index_put_scalar_(torch.Tensor? a, ReadOnlySpan<IndexValue> indices, long count, ScalarValue value);

    [LibraryImport(Library)]
    internal static partial int scfm_index_put_tensors_(torch.Tensor? a, ReadOnlySpan<IntPtr> indices, long count, torch.Tensor? value, [MarshalAs(UnmanagedType.U1)] bool accumulate);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_index_select(torch.Tensor? a, long dim, torch.Tensor? index);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_index_add(torch.Tensor? a, long dim, torch.Tensor? index, torch.Tensor? source, ScalarValue alpha);

    [LibraryImport(Library)]
    internal static partial int scfm_index_add_(torch.Tensor? a, long dim, torch.Tensor? index, torch.Tensor? source, ScalarValue alpha);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_index_copy(torch.Tensor? a, long dim, torch.Tensor? index, torch.Tensor? source);

    [LibraryImport(Library)]
    internal static partial int scfm_index_copy_(torch.Tensor? a, long dim, torch.Tensor? index, torch.Tensor? source);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_index_fill(torch.Tensor? a, long dim, torch.Tensor? index, ScalarValue value);

    [LibraryImport(Library)]
    internal static partial int scfm_index_fill_(torch.Tensor? a, long dim, torch.Tensor? index, ScalarValue value);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_gather(torch.Tensor? a, long dim, torch.Tensor? index);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_take_along_dim(torch.Tensor? a, torch.Tensor? index, long dim);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_scatter(torch.Tensor? a, long dim, torch.Tensor? index, torch.Tensor? source);

    [LibraryImport(Library)]
    internal static partial int scfm_scatter_(torch.Tensor? a, long dim, torch.Tensor? index, torch.Tensor? source);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_scatter_scalar(torch.Tensor? a, long dim, torch.Tensor? index, ScalarValue value);

    [LibraryImport(Library)]
    internal static partial int scfm_scatter_scalar_(torch.Tensor? a, long dim, torch.Tensor? index, ScalarValue value);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_scatter_add(torch.Tensor? a, long dim, torch.Tensor? index, torch.Tensor? source);

    [LibraryImport(Library)]
    internal static partial int scfm_scatter_add_(torch.Tensor? a, long dim, torch.Tensor? index, torch.Tensor? source);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_masked_fill(torch.Tensor? a, torch.Tensor? mask, ScalarValue value);

    [LibraryImport(Library)]
    internal static partial int scfm_masked_fill_(torch.Tensor? a, torch.Tensor? mask, ScalarValue value);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_masked_select(torch.Tensor? a, torch.Tensor? mask);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_masked_scatter(torch.Tensor? a, torch.Tensor? mask, torch.Tensor? source);

    [LibraryImport(Library)]
    internal static partial int scfm_masked_scatter_(torch.Tensor? a, torch.Tensor? mask, torch.Tensor? source);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_nonzero(torch.Tensor? a);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_where(torch.Tensor? condition, torch.Tensor? x, torch.Tensor? y);

    [LibraryImport(Library)]
    internal static partial long scfm_where_indices(torch.Tensor? condition, out IntPtr list);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_bucketize(torch.Tensor? a, torch.Tensor? boundaries, [MarshalAs(UnmanagedType.U1)] bool outInt32, [MarshalAs(UnmanagedType.U1)] bool right);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_searchsorted(torch.Tensor? sorted, torch.Tensor? values, [MarshalAs(UnmanagedType.U1)] bool outInt32, [MarshalAs(UnmanagedType.U1)] bool right, torch.Tensor? sorter);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_isin(torch.Tensor? a, torch.Tensor? b, [MarshalAs(UnmanagedType.U1)] bool unique, [MarshalAs(UnmanagedType.U1)] bool invert);
}
