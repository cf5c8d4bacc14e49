using ScFm.Torch.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Until disposed, this thread records no operations.</summary>
    public static IDisposable no_grad() => new GradMode(false);

    /// <summary>Until disposed, this thread records operations.</summary>
    public static IDisposable enable_grad(bool enabled = true) => new GradMode(enabled);

    /// <summary>Until disposed, this thread records operations or not.</summary>
    public static IDisposable set_grad_enabled(bool mode = true) => new GradMode(mode);

    /// <summary>Until disposed, tensors are made that can never take part in gradients, with less overhead.</summary>
    public static IDisposable inference_mode(bool mode = true) => new InferenceMode(mode);

    /// <summary>Whether this thread records operations.</summary>
    public static bool is_grad_enabled() => NativeMethods.scfm_grad_enabled();

    /// <summary>Whether this thread is in inference mode.</summary>
    public static bool is_inference_mode_enabled() => NativeMethods.scfm_inference_enabled();

    private sealed class GradMode : IDisposable
    {
        private readonly bool before = NativeMethods.scfm_grad_enabled();

        public GradMode(bool enabled) => NativeMethods.scfm_set_grad_enabled(enabled);

        public void Dispose() => NativeMethods.scfm_set_grad_enabled(before);
    }

    private sealed class InferenceMode(bool on) : IDisposable
    {
        private IntPtr guard = NativeMethods.scfm_inference_begin(on);

        public void Dispose()
        {
            if (guard != IntPtr.Zero) NativeMethods.scfm_inference_end(guard);
            guard = IntPtr.Zero;
        }
    }
}
