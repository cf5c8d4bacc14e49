using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text;

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

    /// <summary>Leaves a message where a native caller wants it, ended by a zero: an exception must not cross libtorch's frames, and goes on as libtorch's own error.</summary>
    public static unsafe void Leave(Exception exception, byte* target, long room)
    {
        var text = new Span<byte>(target, (int)room - 1);
        Encoding.UTF8.GetEncoder().Convert(exception.Message, text, true, out _, out var written, out _);
        target[written] = 0;
    }

    private static string? Take() => Marshal.PtrToStringUTF8(NativeMethods.scfm_take_error());
}
