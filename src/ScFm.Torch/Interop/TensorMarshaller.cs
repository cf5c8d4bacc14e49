using System.Runtime.InteropServices.Marshalling;
using TorchSharp;

namespace ScFm.Torch.Interop;

/// <summary>Passes tensors as handles, keeps them alive during the call, and turns a failed call into its exception.</summary>
[CustomMarshaller(typeof(torch.Tensor), MarshalMode.ManagedToUnmanagedIn, typeof(In))]
[CustomMarshaller(typeof(torch.Tensor), MarshalMode.ManagedToUnmanagedOut, typeof(Out))]
internal static class TensorMarshaller
{
    public ref struct In
    {
        private torch.Tensor? tensor;

        public void FromManaged(torch.Tensor? managed) => tensor = managed;
        public readonly IntPtr ToUnmanaged() => tensor is null ? IntPtr.Zero : tensor.Handle;

        // The finalizer must not run while libtorch reads the handle.
        public readonly void OnInvoked() => GC.KeepAlive(tensor);
        public readonly void Free() { }
    }

    public static class Out
    {
        public static torch.Tensor ConvertToManaged(IntPtr handle)
        {
            if (handle == IntPtr.Zero)
            {
                NativeError.ThrowIfAny();
                return null!;
            }

            return new torch.Tensor(handle);
        }
    }
}

/// <summary>Passes a generator's handle and keeps it alive during the call.</summary>
[CustomMarshaller(typeof(torch.Generator), MarshalMode.ManagedToUnmanagedIn, typeof(In))]
internal static class GeneratorMarshaller
{
    public ref struct In
    {
        private torch.Generator? generator;

        public void FromManaged(torch.Generator? managed) => generator = managed;
        public readonly IntPtr ToUnmanaged() => generator is null ? IntPtr.Zero : generator.Handle;
        public readonly void OnInvoked() => GC.KeepAlive(generator);
        public readonly void Free() { }
    }
}
