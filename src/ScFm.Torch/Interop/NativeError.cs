using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace ScFm.Torch.Interop;

/// <summary>The last failure of this thread's calls into libtorch.</summary>
internal static class NativeError
{
    public static void Check(int status)
    {
        if (status < 0) Throw();
    }

    public static void ThrowIfAny()
    {
        if (Take() is { } message) throw new ExternalException(message);
    }

    [DoesNotReturn]
    public static void Throw() => throw new ExternalException(Take() ?? "libtorch failed without a message");

    private static string? Take() => Marshal.PtrToStringUTF8(NativeMethods.scfm_take_error());
}
