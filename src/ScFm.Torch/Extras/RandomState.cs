using ScFm.Torch.Interop;
using static TorchSharp.torch;

namespace ScFm.Torch.Extras;

/// <summary>The random state of a device's default generator; TorchSharp reaches only the processor's.</summary>
public static class RandomState
{
    /// <summary>The state, as bytes on the CPU.</summary>
    public static Tensor Get(Device device)
    {
        using var generator = Generator.DefaultOf(device);
        return generator.get_state();
    }

    /// <summary>Puts back what <see cref="Get"/> gave.</summary>
    public static void Set(Device device, Tensor state)
    {
        using var generator = Generator.DefaultOf(device);
        generator.set_state(state);
    }
}
