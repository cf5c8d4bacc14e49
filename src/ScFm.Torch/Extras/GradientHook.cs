using System.Runtime.InteropServices;
using ScFm.Torch.Interop;
using TorchSharp;

namespace ScFm.Torch.Extras;

/// <summary>A call whenever a backward pass has added its part to the gradient of a parameter, while the pass goes on with others.</summary>
/// <remarks>It comes on the thread of the backward pass: the caller's own on a processor, one of libtorch's on a card. What it throws ends the pass.</remarks>
/// <example><code>
/// using var hook = GradientHook.After(weight, () => Console.WriteLine(weight.grad));
/// loss.backward();
/// </code></example>
public sealed class GradientHook : IDisposable
{
    private readonly Action called;
    private GCHandle self;
    private IntPtr hook;

    private unsafe GradientHook(torch.Tensor parameter, Action called)
    {
        this.called = called;
        self = GCHandle.Alloc(this);
        hook = NativeMethods.scfm_gradient_hook(parameter, &Call, GCHandle.ToIntPtr(self));
        if (hook != IntPtr.Zero) return;
        self.Free();
        NativeError.Throw();
    }

    /// <summary>Begins to call; disposing the result ends it.</summary>
    /// <param name="parameter">A leaf that wants a gradient.</param>
    /// <param name="called">What is called; the gradient is complete in as far as this backward pass goes.</param>
    /// <exception cref="ExternalException">The tensor wants no gradient, or is no leaf.</exception>
    public static GradientHook After(torch.Tensor parameter, Action called) => new(parameter, called);

    /// <summary>Ends the calls; not to be done while a backward pass is under way.</summary>
    public void Dispose()
    {
        if (hook == IntPtr.Zero) return;
        NativeMethods.scfm_gradient_hook_end(hook);
        hook = IntPtr.Zero;
        self.Free();
    }

    [UnmanagedCallersOnly]
    private static unsafe int Call(IntPtr owner, byte* error, long room)
    {
        try
        {
            ((GradientHook)GCHandle.FromIntPtr(owner).Target!).called();
            return 0;
        }
        catch (Exception e)
        {
            NativeError.Leave(e, error, room);
            return -1;
        }
    }
}
