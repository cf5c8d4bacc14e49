using TorchSharp;
using static TorchSharp.torch;
#if TORCH_EXTRAS
using ScFm.Torch.Extras;
#endif

namespace ScFm.Model.Nn;

/// <summary>What a forward pass depends on beside its arguments: random states and precision. Entered again, the same pass gives the same bits.</summary>
internal sealed class ForwardState
{
    private readonly Device device;
    private readonly ScalarType? cast;

    private ForwardState(Device device, ScalarType? cast) => (this.device, this.cast) = (device, cast);

    /// <summary>The state now.</summary>
    /// <param name="device">Where the pass computes.</param>
    public static ForwardState Now(Device device) => new(device, PrecisionExtensions.CastNow(device));

    /// <summary>The random states now, as bytes: the processor's, then that of the device where it is another.</summary>
    public static List<Tensor> RandomStates(Device device)
    {
        var states = new List<Tensor> { random.get_rng_state() };
#if TORCH_EXTRAS
        if (device.type != DeviceType.CPU)
        {
            states.Add(RandomState.Get(device));
        }
#endif
        return states;
    }

    /// <summary>Puts random states back.</summary>
    public static void SetRandomStates(Device device, IReadOnlyList<Tensor> states)
    {
        random.set_rng_state(states[0]);
#if TORCH_EXTRAS
        if (states.Count > 1)
        {
            RandomState.Set(device, states[1]);
        }
#endif
    }

    /// <summary>Carries a pass out as it was then, with gradients; the random states are afterwards what they were before.</summary>
    /// <param name="randomStates">What <see cref="RandomStates"/> gave then.</param>
    /// <param name="pass">The pass.</param>
    public T Repeat<T>(IReadOnlyList<Tensor> randomStates, Func<T> pass)
    {
        var before = RandomStates(device);
        SetRandomStates(device, randomStates);
        try
        {
            using var gradients = enable_grad();
            using var precision = PrecisionExtensions.CastNow(device) == cast ? null : PrecisionExtensions.Cast(device, cast);
            return pass();
        }
        finally
        {
            SetRandomStates(device, before);
        }
    }
}
