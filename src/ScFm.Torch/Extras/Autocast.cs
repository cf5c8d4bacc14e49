using ScFm.Torch.Interop;
using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Torch.Extras;

/// <summary>
/// Mixed precision: while it lasts, this thread's matrix products compute in a shorter type than their float32 arguments, and what would suffer
/// from it (exponentials, layer norms) stays float32. Weights are cast once each and forgotten at the end.
/// </summary>
/// <remarks>libtorch's own autocast. A product's gradient has the product's type, so the backward pass needs no scope. Enclose one forward pass, not an optimizer step.</remarks>
/// <example><code>
/// using (Autocast.Begin(DeviceType.CPU, ScalarType.BFloat16)) loss = model.call(batch);
/// loss.backward();
/// </code></example>
public static class Autocast
{
    /// <summary>Begins; dispose the result on the same thread to end.</summary>
    /// <param name="device">The kind of device whose products are cast.</param>
    /// <param name="dtype">The type to compute in, bfloat16 or float16; null switches casting off within another scope.</param>
    public static IDisposable Begin(DeviceType device, ScalarType? dtype) => new Scope(device, dtype);

    /// <summary>The type that this thread's products on such a device are cast to now; null where they are not cast.</summary>
    public static ScalarType? Current(DeviceType device) => NativeMethods.scfm_autocast_dtype((int)device) is >= 0 and var code ? (ScalarType)code : null;

    private sealed class Scope : IDisposable
    {
        private readonly int device;
        private readonly int before;
        private bool ended;

        public Scope(DeviceType device, ScalarType? dtype)
        {
            this.device = (int)device;
            NativeError.Check(NativeMethods.scfm_autocast_begin(this.device, dtype is { } type ? (int)type : -1, out before));
        }

        public void Dispose()
        {
            if (ended) return;
            ended = true;
            NativeError.Check(NativeMethods.scfm_autocast_end(device, before));
        }
    }
}
