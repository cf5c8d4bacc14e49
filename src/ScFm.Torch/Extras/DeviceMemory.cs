using ScFm.Torch.Interop;
using static TorchSharp.torch;

namespace ScFm.Torch.Extras;

/// <summary>What tensors take of a device's memory. Of the processor it is known with libtorch 1, of cards with libtorch 2.10 and later.</summary>
public static class DeviceMemory
{
    /// <summary>The use now.</summary>
    /// <param name="device">The device.</param>
    public static unsafe MemoryUse Of(Device device)
    {
        Span<long> found = stackalloc long[4];
        fixed (long* first = found) NativeError.Check(NativeMethods.scfm_memory_use(device, first));
        return new(Known(found[0]), Known(found[1]), Known(found[2]), Known(found[3]));
    }

    /// <summary>Lets the peak begin anew with what is in use now.</summary>
    public static void ResetPeak(Device device) => NativeError.Check(NativeMethods.scfm_memory_reset_peak(device));

    /// <summary>Gives back what is kept for the next tensors.</summary>
    public static void Release(Device device) => NativeError.Check(NativeMethods.scfm_memory_release(device));

    private static long? Known(long bytes) => bytes >= 0 ? bytes : null;
}
