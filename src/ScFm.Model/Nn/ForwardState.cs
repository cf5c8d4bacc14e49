using static TorchSharp.torch;

namespace ScFm.Model.Nn;

/// <summary>What a forward pass depends on beside its arguments: random numbers and precision. Entered again, the same pass gives the same bits.</summary>
/// <param name="Device">Where the pass computes.</param>
/// <param name="Cast">The type that its products are cast to; null where they are not.</param>
internal sealed record ForwardState(Device Device, ScalarType? Cast)
{
    /// <summary>The state now, but for the random numbers: those are a tensor, <see cref="GeneratorState"/>.</summary>
    public static ForwardState Now(Device device) => new(device, PrecisionExtensions.CastNow(device));

    /// <summary>Carries a pass out as it was then, with gradients; the generators are afterwards as they were before.</summary>
    /// <param name="generators">The generators' state then.</param>
    /// <param name="pass">The pass.</param>
    public T Repeat<T>(Tensor generators, Func<T> pass)
    {
        var before = GeneratorState.Get(Device);
        GeneratorState.Set(Device, generators);
        try
        {
            using var gradients = enable_grad();
            using var precision = PrecisionExtensions.CastNow(Device) == Cast ? null : PrecisionExtensions.Cast(Device, Cast);
            return pass();
        }
        finally
        {
            GeneratorState.Set(Device, before);
        }
    }
}
