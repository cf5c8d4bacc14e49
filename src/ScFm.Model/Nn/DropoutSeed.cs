using static TorchSharp.torch;

namespace ScFm.Model.Nn;

/// <summary>Seeds for layers that make their dropout anew for the gradient instead of keeping it.</summary>
internal static class DropoutSeed
{
    /// <summary>Drawn from torch's generator, whose state a checkpoint keeps.</summary>
    public static long Draw()
    {
        using var drawn = randint(int.MaxValue, [1]);
        return drawn.item<long>();
    }
}
