using System.Runtime.InteropServices.Marshalling;
using ScFm.Torch.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A source of random numbers with a state of its own.</summary>
    [NativeMarshalling(typeof(GeneratorMarshaller))]
    public class Generator : IDisposable
    {
        private IntPtr handle;

        /// <summary>A generator of this seed for this device.</summary>
        public Generator(ulong seed = 0, Device? device = null)
        {
            this.device = device ?? CPU;
            Handle = NativeMethods.scfm_generator_new(seed, this.device);
            if (handle == IntPtr.Zero) NativeError.Throw();
        }

        private Generator(IntPtr handle, Device device)
        {
            this.device = device;
            Handle = handle;
        }

        /// <summary>Releases the generator if nobody disposed it.</summary>
        ~Generator() => Dispose(false);

        /// <summary>The native handle.</summary>
        /// <exception cref="InvalidOperationException">The generator was disposed.</exception>
        public IntPtr Handle
        {
            get => handle != IntPtr.Zero ? handle : throw new InvalidOperationException("Generator invalid -- empty handle.");
            private set => handle = value;
        }

        /// <summary>The device that the numbers are for.</summary>
        public Device device { get; }

        /// <summary>The processor's default generator.</summary>
        public static Generator Default => DefaultOf(CPU);

        internal static Generator DefaultOf(Device device)
        {
            var handle = NativeMethods.scfm_generator_default(device);
            if (handle == IntPtr.Zero) NativeError.Throw();
            return new Generator(handle, device);
        }

        /// <summary>The state, as bytes.</summary>
        public Tensor get_state() => NativeMethods.scfm_generator_get_state(this);

        /// <summary>Sets the state.</summary>
        public void set_state(Tensor value) => NativeError.Check(NativeMethods.scfm_generator_set_state(this, value));

        /// <summary>Begins anew from this seed.</summary>
        public Generator manual_seed(long seed)
        {
            NativeError.Check(NativeMethods.scfm_generator_manual_seed(this, (ulong)seed));
            return this;
        }

        /// <summary>Begins anew from a random seed, and says which.</summary>
        public long seed()
        {
            NativeError.Check(NativeMethods.scfm_generator_seed(this, out var given));
            return given;
        }

        /// <summary>The seed that was given last.</summary>
        public long initial_seed()
        {
            NativeError.Check(NativeMethods.scfm_generator_initial_seed(this, out var given));
            return given;
        }

        /// <summary>Releases the generator.</summary>
        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        /// <summary>Releases the generator.</summary>
        protected virtual void Dispose(bool disposing)
        {
            var released = Interlocked.Exchange(ref handle, IntPtr.Zero);
            if (released != IntPtr.Zero) NativeMethods.scfm_generator_release(released);
        }
    }
}
