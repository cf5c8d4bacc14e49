using ScFm.Torch.Interop;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The only element.</summary>
        /// <exception cref="ArgumentException"><typeparamref name="T"/> is not the tensor's type.</exception>
        public T item<T>() where T : unmanaged
        {
            ThrowUnless<T>();
            if (numel() != 1)
                throw new InvalidOperationException($"item() needs a tensor of one element, but this one has the shape [{string.Join(", ", shape)}].");
            using var host = cpu();
            return new TensorAccessor<T>(host)[0];
        }

        /// <summary>The only element as a scalar.</summary>
        public Scalar ToScalar() => new(ItemValue(), dtype);

        /// <summary>The elements, to read and write; a tensor of another device is copied to the processor first.</summary>
        /// <exception cref="ArgumentException"><typeparamref name="T"/> is not the tensor's type.</exception>
        public TensorAccessor<T> data<T>() where T : unmanaged
        {
            ThrowUnless<T>();
            // An accessor outlives scopes: it gets a handle of its own.
            var own = (is_cpu() ? alias() : cpu()).DetachFromDisposeScope();
            return new TensorAccessor<T>(own);
        }

        /// <summary>The memory of a contiguous tensor of the processor.</summary>
        /// <exception cref="NotImplementedException">The tensor is not contiguous.</exception>
        /// <exception cref="InvalidOperationException">The tensor is on another device.</exception>
        public unsafe Span<byte> bytes
        {
            get
            {
                if (!is_contiguous()) throw new NotImplementedException("Bytes() called on non-contiguous tensor.");
                if (!is_cpu()) throw new InvalidOperationException("Reading data from non-CPU memory is not supported. Move or copy the tensor to the cpu before reading.");
                return new Span<byte>((void*)DataPointer(), checked((int)(numel() * ElementSize)));
            }
            set
            {
                if (value.Length != numel() * ElementSize)
                    throw new ArgumentException($"The tensor holds {numel() * ElementSize} bytes, but {value.Length} were given.");
                value.CopyTo(bytes);
            }
        }

        /// <summary>The element at a position in memory, of a tensor of the processor.</summary>
        public unsafe T ReadCpuValue<T>(long i) where T : unmanaged
        {
            if (i < 0 || i >= numel()) throw new IndexOutOfRangeException($"The index {i} is outside of {numel()} elements.");
            if (!is_cpu()) throw new InvalidOperationException("Reading data from non-CPU memory is not supported. Move or copy the tensor to the cpu before reading.");
            var value = ((T*)DataPointer())[i];
            GC.KeepAlive(this);
            return value;
        }

        internal IntPtr DataPointer()
        {
            NativeError.Check(NativeMethods.scfm_data_ptr(this, out var pointer));
            return pointer;
        }

        internal ScalarValue ItemValue()
        {
            NativeError.Check(NativeMethods.scfm_item(this, out var value));
            return value;
        }

        private void ThrowUnless<T>()
        {
            if (ToScalarType(typeof(T)) != dtype)
                throw new ArgumentException($"{typeof(T).Name} is not compatible with {dtype}.");
        }

        /// <summary>The only element, converted.</summary>
        public static explicit operator float(Tensor value) => value.ToSingle();

        /// <summary>The only element, converted.</summary>
        public static explicit operator double(Tensor value) => value.ToDouble();

        /// <summary>The only element, converted.</summary>
        public static explicit operator int(Tensor value) => value.ToInt32();

        /// <summary>The only element, converted.</summary>
        public static explicit operator long(Tensor value) => value.ToInt64();

        /// <summary>The only element, converted.</summary>
        public static explicit operator bool(Tensor value) => value.ToBoolean();
    }
}
