using System.Globalization;
using ScFm.Model.Launching;
using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Devices;

/// <summary>Where models compute: the processor, or an NVIDIA card.</summary>
/// <remarks>A new or opened model is put where <see cref="Current"/> says; what it is given goes there with it. Random weights are drawn on the processor in any case, so that a seed means the same weights everywhere.</remarks>
/// <example><code>
/// using (ComputeDevice.Use(ComputeDevice.Best))
/// {
///     var model = Pretraining.Run(cells);
/// }
/// </code></example>
public static class ComputeDevice
{
    /// <summary>The name of <see cref="Best"/>.</summary>
    public const string BestName = "best";

    /// <summary>The name of the processor.</summary>
    public const string ProcessorName = "cpu";

    private static readonly Ambient<Device> chosen = new();

    /// <summary>Where new models are put. Default: the processor.</summary>
    public static Device Current => chosen.Current ?? CPU;

    /// <summary>The card with the most free memory where CUDA is there, otherwise the processor.</summary>
    public static Device Best => cuda.is_available()
        ? Enumerable.Range(0, cuda.device_count()).Select(card => new Device(DeviceType.CUDA, card)).MaxBy(card => PeakMemory.FreeOn(card) ?? 0)!
        : CPU;

    /// <summary>Until disposed, models that this thread, and what it starts, makes or opens are put on the device.</summary>
    /// <param name="device">The device.</param>
    public static IDisposable Use(Device device) => chosen.Use(device);

    /// <summary>Reads cpu, cuda, cuda:1 or best.</summary>
    /// <param name="text">One of them.</param>
    /// <param name="rank">Which of several ranks of the work this process is: a rank takes the card of its number on its machine. Default: the only one.</param>
    /// <exception cref="ArgumentException">It is none of them, or CUDA or the card is absent; the message says what would help.</exception>
    /// <exception cref="InvalidOperationException">There are fewer cards than ranks on this machine.</exception>
    public static Device Parse(string text, RankEnvironment? rank = null)
    {
        var parts = text.Split(':');
        var index = 0;
        if (parts is not ([ProcessorName or BestName or "cuda"] or ["cuda", _]) || (parts.Length == 2 && !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out index)))
        {
            throw new ArgumentException($"'{text}' is no device; expected cpu, cuda, cuda:1 (the second card) or {BestName}.");
        }
        if (parts.Length == 2 && rank is not null)
        {
            throw new ArgumentException($"The device is {text} and {rank.WorldSize} ranks share the work; expected cuda, of which each rank takes its own card.");
        }
        return parts[0] switch
        {
            ProcessorName => CPU,
            BestName when rank is null || !cuda.is_available() => Best,
            _ when rank is not null && cuda.is_available() => new Device(DeviceType.CUDA, rank.Card(cuda.device_count())),
            _ => Card(text, index),
        };
    }

    /// <summary>Puts a module where <see cref="Current"/> says.</summary>
    internal static void Place(nn.Module module)
    {
        if (Current.type != DeviceType.CPU)
        {
            module.to(Current);
        }
    }

    private static Device Card(string text, int index)
    {
        if (!cuda.is_available())
        {
            throw new ArgumentException($"The device is {text} and there is no CUDA: {CudaAdvice.Of(CudaFacts.Gather())}");
        }
        return index < cuda.device_count()
            ? new Device(DeviceType.CUDA, index)
            : throw new ArgumentException($"The device is {text} and there are {cuda.device_count()} cards; expected cuda:0 to cuda:{cuda.device_count() - 1}.");
    }
}
