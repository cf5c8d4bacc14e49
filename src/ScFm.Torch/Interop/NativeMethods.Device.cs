using System.Runtime.InteropServices;
using TorchSharp;

namespace ScFm.Torch.Interop;

/// <summary>The machine. Exports of native/device.cpp, one to one.</summary>
internal static partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static partial IntPtr scfm_libtorch_version();

    [LibraryImport(Library)]
    internal static partial int scfm_get_num_threads();

    [LibraryImport(Library)]
    internal static partial int scfm_get_num_interop_threads();

    [LibraryImport(Library)]
    internal static partial int scfm_set_num_threads(int n);

    [LibraryImport(Library)]
    internal static partial int scfm_set_num_interop_threads(int n);

    [LibraryImport(Library)]
    internal static partial int scfm_cuda_device_count();

    [LibraryImport(Library)]
    [return: MarshalAs(UnmanagedType.U1)]
    internal static partial bool scfm_has_cuda();

    [LibraryImport(Library)]
    internal static partial int scfm_cuda_synchronize(long device);

    [LibraryImport(Library)]
    internal static partial long scfm_cuda_runtime_version();

    [LibraryImport(Library)]
    internal static partial long scfm_cudnn_version();

    [LibraryImport(Library)]
    internal static partial IntPtr scfm_libtorch_config();

    [LibraryImport(Library)]
    internal static partial IntPtr scfm_mark_new(Place place);

    [LibraryImport(Library)]
    internal static partial int scfm_mark_is_reached(IntPtr mark, [MarshalAs(UnmanagedType.U1)] out bool result);

    [LibraryImport(Library)]
    internal static partial void scfm_mark_release(IntPtr mark);

    [LibraryImport(Library)]
    internal static unsafe partial int scfm_memory_use(Place place, long* result);

    [LibraryImport(Library)]
    internal static partial int scfm_memory_reset_peak(Place place);

    [LibraryImport(Library)]
    internal static partial int scfm_memory_release(Place place);

    [LibraryImport(Library)]
    [return: MarshalAs(UnmanagedType.U1)]
    internal static partial bool scfm_get_allow_tf32();

    [LibraryImport(Library)]
    internal static partial int scfm_set_allow_tf32([MarshalAs(UnmanagedType.U1)] bool value);

    [LibraryImport(Library)]
    internal static partial int scfm_manual_seed(long seed);

    [LibraryImport(Library)]
    internal static partial IntPtr scfm_generator_new(ulong seed, Place place);

    [LibraryImport(Library)]
    internal static partial IntPtr scfm_generator_default(Place place);

    [LibraryImport(Library)]
    internal static partial void scfm_generator_release(IntPtr generator);

    [LibraryImport(Library)]
    internal static partial int scfm_generator_manual_seed(torch.Generator? g, ulong seed);

    [LibraryImport(Library)]
    internal static partial int scfm_generator_initial_seed(torch.Generator? g, out long result);

    [LibraryImport(Library)]
    internal static partial int scfm_generator_seed(torch.Generator? g, out long result);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_generator_get_state(torch.Generator? g);

    [LibraryImport(Library)]
    internal static partial int scfm_generator_set_state(torch.Generator? g, torch.Tensor? state);
}
