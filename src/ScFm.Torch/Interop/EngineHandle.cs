using System.Runtime.InteropServices;

namespace ScFm.Torch.Interop;

/// <summary>Holds a store, a group of ranks or a collective under way; libtorch counts the references of all three alike.</summary>
internal sealed class EngineHandle() : SafeHandle(IntPtr.Zero, ownsHandle: true)
{
    public override bool IsInvalid => handle == IntPtr.Zero;

    /// <summary>This, where the call that gave it did not fail.</summary>
    /// <exception cref="ExternalException">It failed; libtorch's message.</exception>
    public EngineHandle Checked()
    {
        if (IsInvalid) NativeError.Throw();
        return this;
    }

    protected override bool ReleaseHandle()
    {
        NativeMethods.scfm_held_release(handle);
        return true;
    }
}
