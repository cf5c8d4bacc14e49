using System.Runtime.InteropServices;
using TorchSharp;

namespace ScFm.Torch.Interop;

/// <summary>Ranks. Exports of native/distributed.cpp, one to one; a library built without ranks has only the first.</summary>
internal static partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static partial int scfm_ranks_through();

    [LibraryImport(Library)]
    internal static partial void scfm_held_release(IntPtr held);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial EngineHandle scfm_store_open(string host, int port, [MarshalAs(UnmanagedType.U1)] bool serves, long milliseconds);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int scfm_store_put(EngineHandle store, string key, ReadOnlySpan<byte> bytes, long count);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial long scfm_store_count(EngineHandle store, string key);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial long scfm_store_has(EngineHandle store, string key);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial long scfm_store_take(EngineHandle store, string key, out IntPtr bytes);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial EngineHandle scfm_group_gloo(EngineHandle store, int rank, int size, long milliseconds, string places, [MarshalAs(UnmanagedType.U1)] bool areInterfaces);

    [LibraryImport(Library)]
    internal static partial EngineHandle scfm_group_nccl(EngineHandle store, int rank, int size, long milliseconds);

    [LibraryImport(Library)]
    internal static partial EngineHandle scfm_all_reduce(EngineHandle group, torch.Tensor a);

    [LibraryImport(Library)]
    internal static partial EngineHandle scfm_reduce(EngineHandle group, torch.Tensor a, long root);

    [LibraryImport(Library)]
    internal static partial EngineHandle scfm_broadcast(EngineHandle group, torch.Tensor a, long root);

    [LibraryImport(Library)]
    internal static partial EngineHandle scfm_all_gather(EngineHandle group, torch.Tensor own, ReadOnlySpan<IntPtr> all, long count);

    [LibraryImport(Library)]
    internal static partial EngineHandle scfm_barrier(EngineHandle group, long card);

    [LibraryImport(Library)]
    internal static partial int scfm_work_wait(EngineHandle work);
}
