using System.Runtime.InteropServices;

namespace ScFm.Torch.Interop;

/// <summary>Mixed precision. Exports of native/autocast.cpp, one to one.</summary>
internal static partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static partial int scfm_autocast_begin(int device, int dtype, out int dtypeBefore);

    [LibraryImport(Library)]
    internal static partial int scfm_autocast_end(int device, int dtypeBefore);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial int scfm_autocast_dtype(int device);
}
