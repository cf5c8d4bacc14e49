using System.Runtime.InteropServices;

namespace ScFm.Model.Interop;

/// <summary>igraph's C library, version 0.10, found on the machine at run time.</summary>
/// <remarks>
/// igraph is under the GPL, so it is never shipped and never linked: whoever wants Leiden clusters installs it. Declarations follow the
/// headers igraph_community.h, igraph_constructors.h, igraph_random.h and igraph_error.h of 0.10 with 64-bit integers, as Debian builds it.
/// </remarks>
internal static unsafe class IgraphLibrary
{
    // Names the library's file where it lies outside the loader's search path (a conda environment, a home directory).
    private const string PathVariable = "SCFM_IGRAPH";

    private static readonly string? NamedPath = Environment.GetEnvironmentVariable(PathVariable) is { Length: > 0 } path ? path : null;
    private static readonly string[] Names = NamedPath is null ? ["libigraph.so.3", "libigraph.3.dylib", "igraph.dll"] : [NamedPath];
    private static readonly Lazy<Api?> Loaded = new(Load);

    /// <summary>Whether the library is on this machine.</summary>
    internal static bool IsAvailable => Loaded.Value is not null;

    /// <summary>The library's functions.</summary>
    /// <exception cref="DllNotFoundException">The library is not on this machine.</exception>
    internal static Api Functions => Loaded.Value ?? throw new DllNotFoundException(
        $"Leiden clustering needs igraph's C library 0.10, which was not found as {string.Join(", ", Names)}; install it (Debian and Ubuntu: apt-get install libigraph3; macOS: brew install igraph) or name its file in {PathVariable}.");

    private static Api? Load()
    {
        foreach (var name in Names)
        {
            if (NativeLibrary.TryLoad(name, typeof(IgraphLibrary).Assembly, null, out var library) && IsVersion010(library))
            {
                return Api.From(library);
            }
        }
        return null;
    }

    // Other versions take other arguments under the same names.
    private static bool IsVersion010(nint library)
    {
        if (!NativeLibrary.TryGetExport(library, "igraph_version", out var function))
        {
            return false;
        }
        byte* text;
        int major, minor, patch;
        ((delegate* unmanaged<byte**, int*, int*, int*, void>)function)(&text, &major, &minor, &patch);
        return (major, minor) == (0, 10);
    }

    /// <summary>An array that igraph reads in place, or one of its own: igraph_vector_t and igraph_vector_int_t.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct View
    {
        internal void* Begin;
        internal void* StorageEnd;
        internal void* End;

        internal static View Of<T>(T* start, long length) where T : unmanaged =>
            new() { Begin = start, StorageEnd = start + length, End = start + length };
    }

    /// <summary>The functions that are called.</summary>
    internal sealed class Api
    {
        internal required delegate* unmanaged<void*, View*, long, byte, int> Create { get; init; }

        internal required delegate* unmanaged<void*, void> Destroy { get; init; }

        internal required delegate* unmanaged<View*, long, int> InitialiseIntegers { get; init; }

        internal required delegate* unmanaged<View*, void> DestroyIntegers { get; init; }

        internal required delegate* unmanaged<void*, View*, View*, double, double, byte, long, View*, long*, double*, int> Leiden { get; init; }

        internal required delegate* unmanaged<void*> DefaultGenerator { get; init; }

        internal required delegate* unmanaged<void*, ulong, int> SeedGenerator { get; init; }

        internal required delegate* unmanaged<delegate* unmanaged<byte*, byte*, int, int, void>, void*> SetErrorHandler { get; init; }

        internal required delegate* unmanaged<void> FreeUnfinished { get; init; }

        internal static Api? From(nint library)
        {
            try
            {
                return new Api
                {
                    Create = (delegate* unmanaged<void*, View*, long, byte, int>)NativeLibrary.GetExport(library, "igraph_create"),
                    Destroy = (delegate* unmanaged<void*, void>)NativeLibrary.GetExport(library, "igraph_destroy"),
                    InitialiseIntegers = (delegate* unmanaged<View*, long, int>)NativeLibrary.GetExport(library, "igraph_vector_int_init"),
                    DestroyIntegers = (delegate* unmanaged<View*, void>)NativeLibrary.GetExport(library, "igraph_vector_int_destroy"),
                    Leiden = (delegate* unmanaged<void*, View*, View*, double, double, byte, long, View*, long*, double*, int>)NativeLibrary.GetExport(library, "igraph_community_leiden"),
                    DefaultGenerator = (delegate* unmanaged<void*>)NativeLibrary.GetExport(library, "igraph_rng_default"),
                    SeedGenerator = (delegate* unmanaged<void*, ulong, int>)NativeLibrary.GetExport(library, "igraph_rng_seed"),
                    SetErrorHandler = (delegate* unmanaged<delegate* unmanaged<byte*, byte*, int, int, void>, void*>)NativeLibrary.GetExport(library, "igraph_set_error_handler"),
                    FreeUnfinished = (delegate* unmanaged<void>)NativeLibrary.GetExport(library, "IGRAPH_FINALLY_FREE"),
                };
            }
            catch (EntryPointNotFoundException)
            {
                return null;
            }
        }
    }
}
