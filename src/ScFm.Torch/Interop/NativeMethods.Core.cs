using System.Runtime.InteropServices;
using TorchSharp;

namespace ScFm.Torch.Interop;

/// <summary>Handles. Exports of native/tensor_core.cpp, one to one.</summary>
internal static partial class NativeMethods
{
    [LibraryImport(Library), SuppressGCTransition]
    internal static partial IntPtr scfm_take_error();

    [LibraryImport(Library)]
    internal static partial void scfm_release(IntPtr impl);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial long scfm_dim(torch.Tensor? a);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial IntPtr scfm_sizes(torch.Tensor? a);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial long scfm_numel(torch.Tensor? a);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial int scfm_dtype(torch.Tensor? a);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial int scfm_device_type(torch.Tensor? a);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial int scfm_device_index(torch.Tensor? a);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial long scfm_element_size(torch.Tensor? a);

    [LibraryImport(Library), SuppressGCTransition]
    [return: MarshalAs(UnmanagedType.U1)]
    internal static partial bool scfm_requires_grad(torch.Tensor? a);

    [LibraryImport(Library), SuppressGCTransition]
    [return: MarshalAs(UnmanagedType.U1)]
    internal static partial bool scfm_is_leaf(torch.Tensor? a);

    [LibraryImport(Library), SuppressGCTransition]
    [return: MarshalAs(UnmanagedType.U1)]
    internal static partial bool scfm_is_contiguous(torch.Tensor? a);

    [LibraryImport(Library)]
    internal static partial long scfm_size(torch.Tensor? a, long dim);

    [LibraryImport(Library)]
    internal static partial long scfm_storage_offset(torch.Tensor? a);

    [LibraryImport(Library)]
    internal static partial int scfm_strides(torch.Tensor? a, Span<long> result);

    [LibraryImport(Library)]
    internal static partial int scfm_data_ptr(torch.Tensor? a, out IntPtr result);

    [LibraryImport(Library)]
    internal static partial int scfm_set_requires_grad(torch.Tensor? a, [MarshalAs(UnmanagedType.U1)] bool value);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_alias(torch.Tensor? a);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_detach(torch.Tensor? a);

    [LibraryImport(Library)]
    internal static partial int scfm_detach_(torch.Tensor? a);

    [LibraryImport(Library)]
    internal static partial int scfm_item(torch.Tensor? a, out ScalarValue result);

    [LibraryImport(Library)]
    internal static partial int scfm_equal(torch.Tensor? a, torch.Tensor? b);

    [LibraryImport(Library)]
    internal static partial int scfm_allclose(torch.Tensor? a, torch.Tensor? b, double rtol, double atol, [MarshalAs(UnmanagedType.U1)] bool equalNan);
}
