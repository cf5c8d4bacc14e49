using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;
#if TORCH_EXTRAS
using ScFm.Torch.Extras;
#endif

namespace ScFm.Model.Devices;

/// <summary>How much memory work takes at its widest point.</summary>
public static class PeakMemory
{
    /// <summary>Does the work and gives the bytes that its tensors took together at most, beyond those that were there before.</summary>
    /// <remarks>
    /// Where libtorch does not count the processor's tensors (version 2), it is what the process itself grew by; memory that is kept from earlier work then hides what is taken of it again.
    /// </remarks>
    /// <param name="device">Where the work computes.</param>
    /// <param name="work">The work.</param>
    public static long Of(Device device, Action work)
    {
        var before = Used(device);
        ResetPeak(device);
        work();
        return Math.Max(0, Peak(device) - before);
    }

    /// <summary>Bytes that new tensors on the device may take; null where that is not known.</summary>
    public static long? FreeOn(Device device) => device.type == DeviceType.CPU ? InKibibytes("/proc/meminfo", "MemAvailable") : Counted(device).Free;

    /// <summary>All memory of the device, bytes; null where that is not known.</summary>
    public static long? TotalOf(Device device) => device.type == DeviceType.CPU ? InKibibytes("/proc/meminfo", "MemTotal") : Counted(device).Total;

    private static long Used(Device device) => Counted(device).Used ?? InKibibytes("/proc/self/status", "VmRSS") ?? 0;

    private static long Peak(Device device) => Counted(device).Peak ?? InKibibytes("/proc/self/status", "VmHWM") ?? 0;

#if TORCH_EXTRAS
    private static (long? Used, long? Peak, long? Free, long? Total) Counted(Device device)
    {
        var use = DeviceMemory.Of(device);
        return (use.Used, use.Peak, use.Free, use.Total);
    }

    private static void ResetPeak(Device device)
    {
        DeviceMemory.Release(device); // a block that was kept may be larger than what is put into it
        DeviceMemory.ResetPeak(device);
        if (DeviceMemory.Of(device).Peak is null)
        {
            ResetResidentPeak();
        }
    }
#else
    private static (long? Used, long? Peak, long? Free, long? Total) Counted(Device _) => default;

    private static void ResetPeak(Device _) => ResetResidentPeak();
#endif

    private static void ResetResidentPeak() => File.WriteAllText("/proc/self/clear_refs", "5"); // the kernel's word for it

    private static long? InKibibytes(string file, string name)
    {
        const int Kibibyte = 1024;
        if (!File.Exists(file))
        {
            return null;
        }
        var line = File.ReadLines(file).FirstOrDefault(line => line.StartsWith(name + ":", StringComparison.Ordinal));
        return line?.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries) is [_, var number, ..] ? long.Parse(number, CultureInfo.InvariantCulture) * Kibibyte : null;
    }
}
