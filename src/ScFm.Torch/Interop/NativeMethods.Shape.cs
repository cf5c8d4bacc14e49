using System.Runtime.InteropServices;
using TorchSharp;

namespace ScFm.Torch.Interop;

/// <summary>Shapes. Exports of native/tensor_shape.cpp, one to one.</summary>
internal static partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_view(torch.Tensor? a, ReadOnlySpan<long> shape, long shapeCount);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_reshape(torch.Tensor? a, ReadOnlySpan<long> shape, long shapeCount);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_expand(torch.Tensor? a, ReadOnlySpan<long> shape, long shapeCount, [MarshalAs(UnmanagedType.U1)] bool @implicit);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_permute(torch.Tensor? a, ReadOnlySpan<long> dims, long dimsCount);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_repeat(torch.Tensor? a, ReadOnlySpan<long> sizes, long sizesCount);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_tile(torch.Tensor? a, ReadOnlySpan<long> sizes, long sizesCount);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_flip(torch.Tensor? a, ReadOnlySpan<long> dims, long dimsCount);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_roll(torch.Tensor? a, ReadOnlySpan<long> shifts, long shiftsCount, ReadOnlySpan<long> dims, long dimsCount);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_flatten(torch.Tensor? a, long start, long end);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_unflatten(torch.Tensor? a, long dim, ReadOnlySpan<long> sizes, long sizesCount);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_transpose(torch.Tensor? a, long dim0, long dim1);

    [LibraryImport(Library)]
    internal static partial int scfm_transpose_(torch.Tensor? a, long dim0, long dim1);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_t(torch.Tensor? a);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_mT(torch.Tensor? a);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_unsqueeze(torch.Tensor? a, long dim);

    [LibraryImport(Library)]
    internal static partial int scfm_unsqueeze_(torch.Tensor? a, long dim);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_squeeze(torch.Tensor? a);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_squeeze_dim(torch.Tensor? a, long dim);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_repeat_interleave(torch.Tensor? a, long repeats, long dim, [MarshalAs(UnmanagedType.U1)] bool whole);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_repeat_interleave_tensor(torch.Tensor? a, torch.Tensor? repeats, long dim, [MarshalAs(UnmanagedType.U1)] bool whole);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_narrow(torch.Tensor? a, long dim, long start, long length);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_slice(torch.Tensor? a, long dim, long start, long finish, long step);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_select(torch.Tensor? a, long dim, long index);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_diag(torch.Tensor? a, long diagonal);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_diagonal(torch.Tensor? a, long offset, long dim1, long dim2);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_diag_embed(torch.Tensor? a, long offset, long dim1, long dim2);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_tril(torch.Tensor? a, long diagonal);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_triu(torch.Tensor? a, long diagonal);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_as_strided(torch.Tensor? a, ReadOnlySpan<long> sizes, long sizesCount, ReadOnlySpan<long> strides, long stridesCount, long offset);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_unfold(torch.Tensor? a, long dim, long size, long step);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_contiguous(torch.Tensor? a);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_pin_memory(torch.Tensor? a);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_clone(torch.Tensor? a);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_to(torch.Tensor? a, DType type, Place device, [MarshalAs(UnmanagedType.U1)] bool nonBlocking, [MarshalAs(UnmanagedType.U1)] bool copy);

    [LibraryImport(Library)]
    internal static partial int scfm_copy_(torch.Tensor? a, torch.Tensor? source, [MarshalAs(UnmanagedType.U1)] bool nonBlocking);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_cat(ReadOnlySpan<IntPtr> tensors, long count, long dim);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_stack(ReadOnlySpan<IntPtr> tensors, long count, long dim);

    [LibraryImport(Library)]
    internal static partial long scfm_split(torch.Tensor? a, long size, long dim, out IntPtr list);

    [LibraryImport(Library)]
    internal static partial long scfm_split_sizes(torch.Tensor? a, ReadOnlySpan<long> sizes, long sizesCount, long dim, out IntPtr list);

    [LibraryImport(Library)]
    internal static partial long scfm_chunk(torch.Tensor? a, long chunks, long dim, out IntPtr list);

    [LibraryImport(Library)]
    internal static partial long scfm_unbind(torch.Tensor? a, long dim, out IntPtr list);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial long scfm_meshgrid(ReadOnlySpan<IntPtr> tensors, long count, string indexing, out IntPtr list);

    [LibraryImport(Library)]
    internal static partial long scfm_broadcast_tensors(ReadOnlySpan<IntPtr> tensors, long count, out IntPtr list);
}
