using TorchSharp;
using static TorchSharp.torch;
#if TORCH_EXTRAS
using ScFm.Torch.Extras;
#endif

namespace ScFm.Model.Nn;

/// <summary>The states of torch's random generators as one tensor of bytes: the processor's, then that of the device where it is another.</summary>
internal static class GeneratorState
{
    /// <summary>The states now.</summary>
    /// <param name="device">Where the model lies.</param>
    public static Tensor Get(Device device)
    {
        var processor = random.get_rng_state();
#if TORCH_EXTRAS
        return device.type == DeviceType.CUDA ? cat([processor, RandomState.Get(device)]) : processor;
#else
        return processor;
#endif
    }

    /// <summary>Puts back what <see cref="Get"/> gave; what was taken on another kind of device sets the processor's only.</summary>
    public static void Set(Device device, Tensor state)
    {
        var length = random.get_rng_state().numel();
        random.set_rng_state(state.narrow(0, 0, length));
#if TORCH_EXTRAS
        if (device.type == DeviceType.CUDA && state.numel() > length)
        {
            RandomState.Set(device, state.narrow(0, length, state.numel() - length));
        }
#endif
    }
}
