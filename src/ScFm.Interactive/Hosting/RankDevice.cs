using ScFm.Model.Devices;
using ScFm.Model.Launching;
using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Interactive.Hosting;

/// <summary>Where a rank computes: on the card of its number on its machine.</summary>
internal static class RankDevice
{
    /// <summary>What --device calls the processor.</summary>
    public const string Processor = "cpu";

    /// <summary>The device of a rank.</summary>
    /// <param name="named">What --device says; null where it says nothing: a card where there is CUDA.</param>
    /// <param name="environment">Which rank it is.</param>
    /// <exception cref="ArgumentException">--device names one card for all, or CUDA, which is absent.</exception>
    /// <exception cref="InvalidOperationException">There are fewer cards than ranks on this machine.</exception>
    public static Device Of(string? named, RankEnvironment environment)
    {
        if (named is not null && named.Contains(':'))
        {
            throw new ArgumentException($"--device is {named} and there are {environment.WorldSize} ranks; expected cuda: each takes the card of its number.");
        }
        var device = named is null ? (cuda.is_available() ? new Device(DeviceType.CUDA) : CPU) : ComputeDevice.Parse(named);
        return device.type == DeviceType.CUDA ? new Device(DeviceType.CUDA, environment.Card(cuda.device_count())) : device;
    }
}
