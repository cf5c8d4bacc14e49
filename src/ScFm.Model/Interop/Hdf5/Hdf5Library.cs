using System.Runtime.InteropServices;
using ScFm.Model.Files.Hdf5;

namespace ScFm.Model.Interop.Hdf5;

/// <summary>Loads libhdf5, the one of the system, when a file is first opened.</summary>
/// <remarks>Identifiers (hid_t) are 64 bits wide since HDF5 1.10.</remarks>
internal static unsafe class Hdf5Library
{
    // Debian's serial library first, then the names that other systems and releases give it.
    private static readonly string[] Names =
    [
        "libhdf5_serial.so.103", "libhdf5_serial.so.310", "libhdf5_serial.so.200", "libhdf5_serial.so",
        "libhdf5.so.103", "libhdf5.so.200", "libhdf5.so.310", "libhdf5.so", "libhdf5.dylib", "hdf5.dll",
    ];

    private static readonly Lazy<nint> Handle = new(Load);

    /// <summary>HDF5 is not safe for threads as Debian builds it: every use of a file holds this.</summary>
    internal static Lock Gate { get; } = new();

    /// <summary>The address of a function.</summary>
    internal static nint Function(string name) => NativeLibrary.GetExport(Handle.Value, name);

    /// <summary>The address of a function that some releases lack, or 0.</summary>
    internal static nint FunctionOrNull(string name) => NativeLibrary.TryGetExport(Handle.Value, name, out var address) ? address : 0;

    /// <summary>The value of a global variable that holds an identifier, such as H5T_NATIVE_FLOAT_g; the library fills them when it is opened.</summary>
    internal static long Global(string name) => *(long*)NativeLibrary.GetExport(Handle.Value, name);

    /// <summary>Makes the library ready for use by this thread: it prints no error of its own, since errors become exceptions here.</summary>
    internal static void Prepare()
    {
        var silence = (delegate* unmanaged<long, nint, nint, int>)Function("H5Eset_auto2");
        _ = silence(0, 0, 0);
    }

    private static nint Load()
    {
        foreach (var name in Names)
        {
            if (NativeLibrary.TryLoad(name, out var handle))
            {
                var open = (delegate* unmanaged<int>)NativeLibrary.GetExport(handle, "H5open");
                return open() >= 0
                    ? handle
                    : throw new Hdf5Exception($"The HDF5 library '{name}' does not start.");
            }
        }
        throw new Hdf5Exception($"There is no HDF5 library on this machine, which .h5ad files need; expected one of {string.Join(", ", Names.Take(5))} (Debian: apt install libhdf5-103-1).");
    }
}
