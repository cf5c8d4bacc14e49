using TorchSharp;
using static TorchSharp.torch;
#if TORCH_EXTRAS
using ScFm.Torch.Extras;
#endif

namespace ScFm.Model.Nn;

/// <summary>Puts a precision in force.</summary>
public static class PrecisionExtensions
{
    /// <summary>Until disposed, on this thread, matrix products on the device compute in this precision; null where nothing is to be done.</summary>
    /// <exception cref="NotSupportedException">The package's libtorch binding cannot cast.</exception>
    public static IDisposable? Begin(this Precision precision, Device device) => precision == Precision.Float32 ? null : Cast(device, ScalarType.BFloat16);

    /// <summary>The type that products on the device are cast to now; null where they are not.</summary>
    internal static ScalarType? CastNow(Device device) =>
#if TORCH_EXTRAS
        Autocast.Current(device.type);
#else
        null;
#endif

    /// <summary>Casts products on the device to a type until disposed; null casts none.</summary>
    internal static IDisposable Cast(Device device, ScalarType? type) =>
#if TORCH_EXTRAS
        Autocast.Begin(device.type, type);
#else
        throw new NotSupportedException("The TorchSharp package has no mixed precision; expected precision Float32, or a build with -p:Torch=system.");
#endif
}
