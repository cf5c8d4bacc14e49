using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Devices;

/// <summary>Tensors on their way from the processor to where they are computed with.</summary>
internal static class HostCopy
{
    /// <summary>A tensor of the processor on a device. To a card it is copied from pinned memory without waiting: what is asked of the copy waits for it on the card itself.</summary>
    public static Tensor To(Tensor host, Device device)
    {
        if (device.type != DeviceType.CUDA)
        {
            return host.to(device);
        }
        using var pinned = host.pin_memory(); // libtorch keeps it until the copy is done
        return pinned.to(device, non_blocking: true);
    }
}
