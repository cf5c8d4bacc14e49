using ScFm.Model.Nn;
using TorchSharp;
#if TORCH_EXTRAS
using ScFm.Torch.Extras;
using ScFm.Torch.Extras.Distributed;
#endif
using static TorchSharp.torch;

namespace ScFm.Model.Devices;

/// <summary>Looks at what this process computes with.</summary>
/// <example><code>
/// Console.WriteLine(Doctor.Examine());
/// </code></example>
public static class Doctor
{
    // what decides which libraries a process finds; a notebook's differ from a console's
    private static readonly string[] variables =
        ["LIBTORCH", "SCFM_TORCH_NATIVE", "LD_LIBRARY_PATH", "CUDA_VISIBLE_DEVICES", "SCFM_KERNELS", "OPENBLAS_CORETYPE", "OMP_NUM_THREADS", "OMP_WAIT_POLICY"];

    /// <summary>Examines this process.</summary>
    /// <param name="measures">False to leave out the products' speed, which takes some seconds. Default: true.</param>
    public static DoctorReport Examine(bool measures = true)
    {
        var cuda = CudaFacts.Gather();
        return new()
        {
            DotNet = Environment.Version,
            Cuda = cuda,
            Blas = BlasKernel.Find(),
            Threads = get_num_threads(),
            Processors = Environment.ProcessorCount,
            Memory = PeakMemory.TotalOf(CPU),
            Environment = [.. variables.Select(name => (name, Environment.GetEnvironmentVariable(name)))],
            Speeds = measures ? [.. Devices(cuda.LibtorchCards).Select(Measure)] : [],
#if TORCH_EXTRAS
            Binding = $"ScFm.Torch {Native.Version}",
            Cudnn = Native.CudnnVersion,
            Kernels = Kernels.InstructionSet,
            HasCudaKernels = Native.HasCudaKernels,
            Ranks = ProcessGroup.Obstacle ?? (ProcessGroup.HasNccl ? "through NCCL and Gloo" : "through Gloo"),
#else
            Binding = "TorchSharp",
#endif
        };
    }

    /// <summary>Compiles the native part for another libtorch than the one it came with; programs that are started with LIBTORCH set to the folder use it.</summary>
    /// <param name="folder">The folder of a libtorch, or the folder torch of a PyTorch.</param>
    /// <param name="log">Gets what the compiler prints, a line at a time.</param>
    /// <returns>The library's path.</returns>
    /// <exception cref="DirectoryNotFoundException">The folder holds no libtorch.</exception>
    /// <exception cref="InvalidOperationException">The compiler failed.</exception>
    /// <exception cref="NotSupportedException">The binding is TorchSharp's package, which brings its own.</exception>
    public static string BuildFor(string folder, Action<string> log) =>
#if TORCH_EXTRAS
        NativeBuild.Build(folder, log);
#else
        throw new NotSupportedException("The TorchSharp package brings a libtorch of its own; expected a build with -p:Torch=system.");
#endif

    private static IEnumerable<Device> Devices(int cards) => [CPU, .. Enumerable.Range(0, cards).Select(card => new Device(DeviceType.CUDA, card))];

    private static MatmulSpeed Measure(Device device) => new($"{device}", MatmulPeak.Of(device), MatmulPeak.Of(device, Precision.BFloat16));
}
