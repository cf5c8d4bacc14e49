using ScFm.Torch.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Zeros, of the shape, type and device of a tensor unless said otherwise.</summary>
    public static Tensor zeros_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        NativeMethods.scfm_zeros_like(input, new(dtype, device, requires_grad));

    /// <summary>Ones, of the shape, type and device of a tensor unless said otherwise.</summary>
    public static Tensor ones_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        NativeMethods.scfm_ones_like(input, new(dtype, device, requires_grad));

    /// <summary>Memory as it comes, of the shape, type and device of a tensor unless said otherwise.</summary>
    public static Tensor empty_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        NativeMethods.scfm_empty_like(input, new(dtype, device, requires_grad));

    /// <summary>Uniform random numbers in [0, 1), of the shape, type and device of a tensor unless said otherwise.</summary>
    public static Tensor rand_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        NativeMethods.scfm_rand_like(input, new(dtype, device, requires_grad));

    /// <summary>Standard normal random numbers, of the shape, type and device of a tensor unless said otherwise.</summary>
    public static Tensor randn_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        NativeMethods.scfm_randn_like(input, new(dtype, device, requires_grad));

    /// <summary>One value everywhere, of the shape, type and device of a tensor unless said otherwise.</summary>
    public static Tensor full_like(Tensor input, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        NativeMethods.scfm_full_like(input, value, new(dtype, device, requires_grad));

    public partial class Tensor
    {
        /// <summary>Zeros, of this shape, type and device unless said otherwise.</summary>
        public Tensor zeros_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => torch.zeros_like(this, dtype, device, requires_grad);

        /// <summary>Ones, of this shape, type and device unless said otherwise.</summary>
        public Tensor ones_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => torch.ones_like(this, dtype, device, requires_grad);

        /// <summary>Memory as it comes, of this shape, type and device unless said otherwise.</summary>
        public Tensor empty_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => torch.empty_like(this, dtype, device, requires_grad);

        /// <summary>Uniform random numbers in [0, 1), of this shape, type and device unless said otherwise.</summary>
        public Tensor rand_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => torch.rand_like(this, dtype, device, requires_grad);

        /// <summary>Standard normal random numbers, of this shape, type and device unless said otherwise.</summary>
        public Tensor randn_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => torch.randn_like(this, dtype, device, requires_grad);

        /// <summary>One value everywhere, of this shape, type and device unless said otherwise.</summary>
        public Tensor full_like(Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => torch.full_like(this, value, dtype, device, requires_grad);

        /// <summary>Zeros, of another shape, with this type and device unless said otherwise.</summary>
        public Tensor new_zeros(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            torch.zeros(size, dtype ?? this.dtype, device ?? this.device, requires_grad);

        /// <summary>Memory as it comes, of another shape, with this type and device unless said otherwise.</summary>
        public Tensor new_empty(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            torch.empty(size, dtype ?? this.dtype, device ?? this.device, requires_grad);

        /// <summary>One value everywhere, of another shape, with this type and device unless said otherwise.</summary>
        public Tensor new_full(long[] size, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            full(size, value, dtype ?? this.dtype, device ?? this.device, requires_grad);

        /// <summary>Sets every element.</summary>
        public Tensor fill_(Scalar value) => Done(NativeMethods.scfm_fill_(this, value));

        /// <summary>Sets every element to zero.</summary>
        public Tensor zero_() => Done(NativeMethods.scfm_zero_(this));
    }
}
