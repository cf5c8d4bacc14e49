using ScFm.Torch.Interop;
using static TorchSharp.torch;

namespace ScFm.Torch.Extras;

/// <summary>A place in the work that a card was asked for: tells when all that was asked before it is done.</summary>
public sealed class StreamMark : IDisposable
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMicroseconds(50);

    private IntPtr mark;

    /// <summary>Marks what the card was asked for so far.</summary>
    /// <param name="device">The card.</param>
    public StreamMark(Device device)
    {
        mark = NativeMethods.scfm_mark_new(device);
        NativeError.ThrowIfAny();
    }

    /// <summary>True where all before the mark is done.</summary>
    public bool IsReached
    {
        get
        {
            NativeError.Check(NativeMethods.scfm_mark_is_reached(mark, out var reached));
            return reached;
        }
    }

    /// <summary>Returns when all before the mark is done.</summary>
    public void Wait()
    {
        while (!IsReached) Thread.Sleep(LookAgain);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        NativeMethods.scfm_mark_release(mark);
        mark = IntPtr.Zero;
    }
}
