using System.Runtime.InteropServices;

namespace ScFm.Model.Tests.Nn;

/// <summary>What glibc's allocator has handed out, tensors above all; unlike the resident size it falls as soon as something is freed.</summary>
internal static partial class NativeMemory
{
    public static long InUse()
    {
        var info = mallinfo2();
        return (long)(info.UsedInArena + info.Mapped);
    }

    [LibraryImport("libc")]
    private static partial MallocInfo mallinfo2();

    [StructLayout(LayoutKind.Sequential)]
    private struct MallocInfo
    {
        public nuint Arena, FreeChunks, FastChunks, MappedRegions, Mapped, LargestArena, FastFree, UsedInArena, FreeInArena, Trimmable;
    }
}
