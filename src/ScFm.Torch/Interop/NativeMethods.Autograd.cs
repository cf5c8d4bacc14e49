using System.Runtime.InteropServices;
using TorchSharp;

namespace ScFm.Torch.Interop;

/// <summary>Gradients. Exports of native/autograd.cpp, one to one.</summary>
internal static partial class NativeMethods
{
    [LibraryImport(Library), SuppressGCTransition]
    [return: MarshalAs(UnmanagedType.U1)]
    internal static partial bool scfm_grad_enabled();

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial void scfm_set_grad_enabled([MarshalAs(UnmanagedType.U1)] bool value);

    [LibraryImport(Library), SuppressGCTransition]
    [return: MarshalAs(UnmanagedType.U1)]
    internal static partial bool scfm_inference_enabled();

    [LibraryImport(Library)]
    internal static partial IntPtr scfm_inference_begin([MarshalAs(UnmanagedType.U1)] bool on);

    [LibraryImport(Library)]
    internal static partial void scfm_inference_end(IntPtr guard);

    [LibraryImport(Library)]
    internal static partial int scfm_grad(torch.Tensor? a, out torch.Tensor result);

    [LibraryImport(Library)]
    internal static partial int scfm_set_grad(torch.Tensor? a, torch.Tensor? gradient);

    [LibraryImport(Library)]
    internal static partial int scfm_retain_grad(torch.Tensor? a);

    [LibraryImport(Library)]
    internal static partial int scfm_backward(torch.Tensor? a);

    [LibraryImport(Library)]
    internal static partial int scfm_backward_with(ReadOnlySpan<IntPtr> roots, long rootCount, ReadOnlySpan<IntPtr> gradients, long gradientCount, [MarshalAs(UnmanagedType.U1)] bool retain, [MarshalAs(UnmanagedType.U1)] bool create, ReadOnlySpan<IntPtr> inputs, long inputCount);

    [LibraryImport(Library)]
    internal static partial long scfm_autograd_grad(ReadOnlySpan<IntPtr> outputs, long outputCount, ReadOnlySpan<IntPtr> inputs, long inputCount, ReadOnlySpan<IntPtr> gradients, long gradientCount, [MarshalAs(UnmanagedType.U1)] bool retain, [MarshalAs(UnmanagedType.U1)] bool create, [MarshalAs(UnmanagedType.U1)] bool allowUnused, out IntPtr list);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static unsafe partial long scfm_custom_function(string name, ReadOnlySpan<IntPtr> inputs, long inputCount, ReadOnlySpan<IntPtr> results, long resultCount, [MarshalAs(UnmanagedType.U1)] bool materialize, delegate* unmanaged<IntPtr, IntPtr*, long, IntPtr*, long, byte*, long, int> apply, delegate* unmanaged<IntPtr, void> release, IntPtr owner, out IntPtr list);

    [LibraryImport(Library)]
    internal static unsafe partial IntPtr scfm_gradient_hook(torch.Tensor leaf, delegate* unmanaged<IntPtr, byte*, long, int> called, IntPtr owner);

    [LibraryImport(Library)]
    internal static partial void scfm_gradient_hook_end(IntPtr hook);
}
