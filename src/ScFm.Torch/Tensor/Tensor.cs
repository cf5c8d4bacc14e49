using System.Runtime.InteropServices.Marshalling;
using ScFm.Torch.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>An array of numbers with a shape, a type and a device, which can record gradients; libtorch holds the data.</summary>
    [NativeMarshalling(typeof(TensorMarshaller))]
    public partial class Tensor : IDisposable
    {
        internal IntPtr handle;

        internal Tensor(IntPtr handle, bool register = true)
        {
            this.handle = handle;
            if (register) DisposeScope.Current?.Add(this);
        }

        /// <summary>Releases the data if nobody disposed the tensor.</summary>
        ~Tensor() => Dispose(false);

        internal DisposeScope? OwningDisposeScope;
        internal int SlotInScope;

        /// <summary>A name for people; it has no meaning here.</summary>
        public string? name { get; set; }

        /// <summary>Wraps a native handle and owns its reference.</summary>
        public static Tensor UnsafeCreateTensor(IntPtr handle) => new(handle);

        /// <summary>Releases this reference to the data.</summary>
        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        /// <summary>Releases this reference to the data.</summary>
        protected virtual void Dispose(bool disposing)
        {
            var released = Interlocked.Exchange(ref handle, IntPtr.Zero);
            if (released == IntPtr.Zero) return;
            // A finalized tensor is in no scope: a scope would have kept it alive.
            if (disposing) OwningDisposeScope?.Remove(this);
            NativeMethods.scfm_release(released);
        }

        /// <summary>Whether the tensor was disposed.</summary>
        public bool IsInvalid => handle == IntPtr.Zero;

        /// <summary>The native handle.</summary>
        /// <exception cref="InvalidOperationException">The tensor was disposed.</exception>
        public IntPtr Handle => handle != IntPtr.Zero ? handle : throw new InvalidOperationException("Tensor invalid -- empty handle.");

        /// <summary>Takes the native reference out of the tensor, which is then as if disposed.</summary>
        public IntPtr DecoupleFromNativeHandle()
        {
            var taken = Handle;
            OwningDisposeScope?.Remove(this);
            handle = IntPtr.Zero;
            GC.SuppressFinalize(this);
            return taken;
        }

        /// <summary>Hands the tensor to the scope around the one it is in.</summary>
        public Tensor MoveToOuterDisposeScope()
        {
            OwningDisposeScope?.MoveToOuter(this);
            return this;
        }

        /// <summary>Takes the tensor out of every scope; its owner disposes it.</summary>
        public Tensor DetachFromDisposeScope()
        {
            OwningDisposeScope?.Remove(this);
            return this;
        }

        /// <summary>Hands the tensor to the scope of another tensor.</summary>
        public Tensor MoveToOtherDisposeScope(Tensor other) => MoveToOtherDisposeScope(other.OwningDisposeScope);

        /// <summary>Hands the tensor to another scope.</summary>
        public Tensor MoveToOtherDisposeScope(DisposeScope? other)
        {
            OwningDisposeScope?.Remove(this);
            other?.Add(this);
            return this;
        }

        /// <summary>The same data under a second handle.</summary>
        public Tensor alias() => NativeMethods.scfm_alias(this);

        /// <inheritdoc/>
        public override bool Equals(object? obj) => obj is Tensor other && Equals(other);

        /// <summary>Whether both have the same shape and values.</summary>
        public bool Equals(Tensor target)
        {
            var same = NativeMethods.scfm_equal(this, target);
            NativeError.Check(same);
            return same == 1;
        }

        /// <inheritdoc/>
        public override int GetHashCode() => base.GetHashCode();

        private Tensor Done(int status)
        {
            if (status < 0) NativeError.Throw();
            return this;
        }
    }

    /// <summary>Begins a scope: what this thread makes until its end is disposed then.</summary>
    public static DisposeScope NewDisposeScope() => new();

    /// <summary>The innermost scope of this thread.</summary>
    public static DisposeScope? CurrentDisposeScope => DisposeScope.Current;

    /// <summary>Evaluates in a scope of its own; only the result lives on.</summary>
    public static Tensor WrappedTensorDisposeScope(Func<Tensor> expr)
    {
        using var scope = NewDisposeScope();
        return expr().MoveToOuterDisposeScope();
    }
}
