using System.Collections.Concurrent;
using System.Diagnostics;
using ScFm.Model.Nn;
using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Devices;

/// <summary>How fast this machine multiplies large matrices: what a training run's speed is compared with.</summary>
/// <remarks>Measured once a process, device and precision, in about a third of a second; it draws no random numbers.</remarks>
public static class MatmulPeak
{
    private static readonly TimeSpan measuring = TimeSpan.FromSeconds(0.3);
    private static readonly ConcurrentDictionary<(DeviceType, int, Precision), Lazy<double>> measured = new();

    /// <summary>Floating-point operations a second of the fastest of some products, two a multiply-add.</summary>
    /// <param name="device">Where to multiply.</param>
    /// <param name="precision">What to multiply in. Default: float32.</param>
    public static double Of(Device device, Precision precision = Precision.Float32) =>
        measured.GetOrAdd((device.type, device.index, precision), _ => new Lazy<double>(() => Measure(device, precision))).Value;

    private static double Measure(Device device, Precision precision)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var width = device.type == DeviceType.CPU ? 1024 : 8192;
        var matrix = full(width, width, 0.5, precision == Precision.BFloat16 ? ScalarType.BFloat16 : ScalarType.Float32, device);
        Multiply(); // the first product also loads kernels
        var (fastest, watch) = (double.PositiveInfinity, Stopwatch.StartNew());
        while (watch.Elapsed < measuring)
        {
            fastest = Math.Min(fastest, Multiply());
        }
        return 2.0 * width * width * width / fastest;

        double Multiply()
        {
            var started = Stopwatch.GetTimestamp();
            using var product = matmul(matrix, matrix);
            if (device.type == DeviceType.CUDA)
            {
                cuda.synchronize(device);
            }
            return Stopwatch.GetElapsedTime(started).TotalSeconds;
        }
    }
}
