using System.Runtime.InteropServices;
using System.Text;

namespace ScFm.Model.Devices;

/// <summary>NVIDIA's driver as this process sees it, asked without libtorch: it answers where libtorch knows no CUDA, too.</summary>
internal static unsafe class CudaDriver
{
    private const string Library = "libcuda.so.1";
    private const int MajorCapability = 75; // attribute numbers of the driver's interface
    private const int MinorCapability = 76;

    /// <summary>What the driver says.</summary>
    /// <param name="IsLoaded">False where its library cannot be loaded.</param>
    /// <param name="Cuda">The newest CUDA that it can run; null where it did not say.</param>
    /// <param name="Error">The driver's number for why it does not start; 0 where it does.</param>
    /// <param name="Cards">The cards that this process may use.</param>
    public sealed record Answer(bool IsLoaded, Version? Cuda, int Error, IReadOnlyList<CudaCard> Cards);

    /// <summary>Asks the driver.</summary>
    public static Answer Ask()
    {
        if (!NativeLibrary.TryLoad(Library, out var library))
        {
            return new(false, null, 0, []);
        }
        try
        {
            int number = 0, count = 0;
            ((delegate* unmanaged<int*, int>)NativeLibrary.GetExport(library, "cuDriverGetVersion"))(&number);
            var cuda = number > 0 ? new Version(number / 1000, number % 1000 / 10) : null;
            var error = ((delegate* unmanaged<uint, int>)NativeLibrary.GetExport(library, "cuInit"))(0);
            error = error == 0 ? ((delegate* unmanaged<int*, int>)NativeLibrary.GetExport(library, "cuDeviceGetCount"))(&count) : error;
            return new(true, cuda, error, error == 0 ? [.. Enumerable.Range(0, count).Select(ordinal => Card(library, ordinal))] : []);
        }
        catch (EntryPointNotFoundException)
        {
            return new(false, null, 0, []); // a library of that name which is no driver
        }
    }

    private static CudaCard Card(IntPtr library, int ordinal)
    {
        int device, major, minor;
        nuint memory;
        var name = stackalloc byte[256];
        ((delegate* unmanaged<int*, int, int>)NativeLibrary.GetExport(library, "cuDeviceGet"))(&device, ordinal);
        ((delegate* unmanaged<byte*, int, int, int>)NativeLibrary.GetExport(library, "cuDeviceGetName"))(name, 256, device);
        ((delegate* unmanaged<nuint*, int, int>)NativeLibrary.GetExport(library, "cuDeviceTotalMem_v2"))(&memory, device);
        var attribute = (delegate* unmanaged<int*, int, int, int>)NativeLibrary.GetExport(library, "cuDeviceGetAttribute");
        attribute(&major, MajorCapability, device);
        attribute(&minor, MinorCapability, device);
        return new(Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(name)), (long)memory, new Version(major, minor));
    }
}
