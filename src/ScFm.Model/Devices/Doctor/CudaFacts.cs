using TorchSharp;
#if TORCH_EXTRAS
using ScFm.Torch.Extras;
#endif

namespace ScFm.Model.Devices;

/// <summary>What decides whether this process can compute on a card.</summary>
public sealed record CudaFacts
{
    private const string KernelModule = "/proc/driver/nvidia/version";

    /// <summary>The version of libtorch.</summary>
    public string Libtorch { get; init; } = "";

    /// <summary>The folder that libtorch was loaded from; null where that is not known.</summary>
    public string? LibtorchFolder { get; init; }

    /// <summary>The CUDA that libtorch was built for; null for a build for the processor alone.</summary>
    public Version? LibtorchCuda { get; init; }

    /// <summary>Cards that libtorch can use.</summary>
    public int LibtorchCards { get; init; }

    /// <summary>True where the kernel has NVIDIA's module: there is a card, and a driver for it.</summary>
    public bool HasKernelModule { get; init; }

    /// <summary>True where the driver's library can be loaded.</summary>
    public bool HasDriver { get; init; }

    /// <summary>The newest CUDA that the driver can run; null where it does not say.</summary>
    public Version? DriverCuda { get; init; }

    /// <summary>The driver's number for why it does not start; 0 where it does.</summary>
    public int DriverError { get; init; }

    /// <summary>The cards that the driver shows to this process.</summary>
    public IReadOnlyList<CudaCard> Cards { get; init; } = [];

    /// <summary>Another libtorch that this process was told to use; null where none was.</summary>
    public string? LibtorchVariable { get; init; }

    /// <summary>True where the native part was built for that libtorch.</summary>
    public bool IsBuiltForVariable { get; init; }

    /// <summary>Libtorch versions with CUDA that the native part was built for on this machine, such as 2.11.0+cu130.</summary>
    public IReadOnlyList<string> Builds { get; init; } = [];

    /// <summary>CUDA_VISIBLE_DEVICES; null where it is not set.</summary>
    public string? VisibleDevices { get; init; }

    /// <summary>LD_LIBRARY_PATH; null where it is not set.</summary>
    public string? LibraryPath { get; init; }

    /// <summary>The facts of this process.</summary>
    public static CudaFacts Gather()
    {
        var driver = CudaDriver.Ask();
        var libtorch = Environment.GetEnvironmentVariable("LIBTORCH") is { Length: > 0 } named ? named : null;
        return new()
        {
            Libtorch = torch.__version__,
            LibtorchCards = torch.cuda.is_available() ? torch.cuda.device_count() : 0,
            LibtorchFolder = LoadedLibraries.Find("libtorch_cpu.so") is { } library ? Path.GetDirectoryName(library) : null,
            HasKernelModule = File.Exists(KernelModule),
            HasDriver = driver.IsLoaded,
            DriverCuda = driver.Cuda,
            DriverError = driver.Error,
            Cards = driver.Cards,
            LibtorchVariable = libtorch,
            VisibleDevices = Environment.GetEnvironmentVariable("CUDA_VISIBLE_DEVICES"),
            LibraryPath = Environment.GetEnvironmentVariable("LD_LIBRARY_PATH"),
#if TORCH_EXTRAS
            LibtorchCuda = Native.CudaVersion,
            IsBuiltForVariable = libtorch is not null && File.Exists(NativeBuild.LibraryFor(libtorch)),
            Builds = Directory.Exists(NativeBuild.CacheFolder) ? [.. Directory.GetDirectories(NativeBuild.CacheFolder).Select(folder => Path.GetFileName(folder)).Where(version => version.Contains("+cu", StringComparison.Ordinal)).Order()] : [],
#else
            LibtorchCuda = torch.cuda.is_available() ? new Version() : null,
#endif
        };
    }
}
