using System.Runtime.InteropServices;
using TorchSharp;

namespace ScFm.Torch.Interop;

/// <summary>Optimizer steps. Exports of native/optim.cpp, one to one.</summary>
internal static partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static partial int scfm_adam(in AdamValues options, long count, ReadOnlySpan<IntPtr> parameters, ReadOnlySpan<IntPtr> gradients, ReadOnlySpan<IntPtr> means, ReadOnlySpan<IntPtr> squares, ReadOnlySpan<IntPtr> largest, ReadOnlySpan<long> steps);

    [LibraryImport(Library)]
    internal static partial int scfm_clip_grad_norm_(ReadOnlySpan<IntPtr> gradients, long count, double maxNorm, double normType, out double total);

    [LibraryImport(Library)]
    internal static partial int scfm_clip_grad_value_(ReadOnlySpan<IntPtr> gradients, long count, double limit);
}
