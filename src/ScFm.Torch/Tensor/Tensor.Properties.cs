using ScFm.Torch.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The number of axes.</summary>
        public long ndim => NativeMethods.scfm_dim(this);

        /// <summary>The number of axes.</summary>
        public long dim() => ndim;

        /// <summary>The number of axes.</summary>
        public long Dimensions => ndim;

        /// <summary>The length of each axis.</summary>
        public unsafe long[] shape
        {
            get
            {
                var lengths = new ReadOnlySpan<long>((void*)NativeMethods.scfm_sizes(this), (int)ndim).ToArray();
                GC.KeepAlive(this);
                return lengths;
            }
        }

        /// <summary>The length of each axis.</summary>
        public long[] size() => shape;

        /// <summary>The length of one axis; -1 is the last.</summary>
        public long size(int dim)
        {
            var length = NativeMethods.scfm_size(this, dim);
            if (length < 0) NativeError.Throw();
            return length;
        }

        /// <summary>How many elements lie between neighbours along each axis.</summary>
        public long[] stride()
        {
            var steps = new long[ndim];
            NativeError.Check(NativeMethods.scfm_strides(this, steps));
            return steps;
        }

        /// <summary>How many elements lie between neighbours along one axis.</summary>
        public long stride(int dim) => stride()[dim < 0 ? dim + ndim : dim];

        /// <summary>Where in its storage the tensor begins, in elements.</summary>
        public long storage_offset() => NativeMethods.scfm_storage_offset(this);

        /// <summary>The number of elements.</summary>
        public long numel() => NativeMethods.scfm_numel(this);

        /// <summary>The number of elements.</summary>
        public long NumberOfElements => numel();

        /// <summary>The bytes of one element.</summary>
        public long ElementSize => NativeMethods.scfm_element_size(this);

        /// <summary>The bytes of one element.</summary>
        public long element_size() => ElementSize;

        /// <summary>The type of the elements.</summary>
        public ScalarType dtype => (ScalarType)NativeMethods.scfm_dtype(this);

        /// <summary>The device that holds the data.</summary>
        public Device device => device_type == DeviceType.CPU ? CPU : new Device(device_type, device_index);

        /// <summary>The kind of the device that holds the data.</summary>
        public DeviceType device_type => (DeviceType)NativeMethods.scfm_device_type(this);

        /// <summary>The index of the device that holds the data.</summary>
        public int device_index => NativeMethods.scfm_device_index(this);

        /// <summary>Whether the data is in the processor's memory.</summary>
        public bool is_cpu() => device_type == DeviceType.CPU;

        /// <summary>Whether the data is on a CUDA device.</summary>
        public bool is_cuda => device_type == DeviceType.CUDA;

        /// <summary>Whether the elements lie one after another in memory, last axis fastest.</summary>
        public bool is_contiguous() => NativeMethods.scfm_is_contiguous(this);

        /// <summary>Whether the type is a floating-point type.</summary>
        public bool is_floating_point() => torch.is_floating_point(dtype);

        /// <summary>Whether the type is a complex type.</summary>
        public bool is_complex() => torch.is_complex(dtype);

        /// <summary>Whether the type is an integer or truth value.</summary>
        public bool is_integral() => torch.is_integral(dtype);

        /// <summary>Whether the only element is not zero.</summary>
        public bool is_nonzero() => ItemValue().ToDouble() != 0;
    }

    /// <summary>Whether the type of the tensor is a floating-point type.</summary>
    public static bool is_floating_point(Tensor input) => input.is_floating_point();

    /// <summary>The number of elements.</summary>
    public static long numel(Tensor input) => input.numel();
}
