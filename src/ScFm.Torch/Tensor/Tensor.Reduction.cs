using ScFm.Torch.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        // A count of -1 stands for "all axes, to a tensor without axes".
        private const long All = -1;

        /// <summary>The sum of all elements.</summary>
        public Tensor sum(ScalarType? type = null) => NativeMethods.scfm_sum(this, default, All, false, type);

        /// <summary>Sums over these axes.</summary>
        public Tensor sum(ReadOnlySpan<long> dim, bool keepdim = false, ScalarType? type = null) =>
            NativeMethods.scfm_sum(this, dim, dim.Length, keepdim, type);

        /// <inheritdoc cref="sum(ReadOnlySpan{long}, bool, ScalarType?)"/>
        public Tensor sum(long[] dim, bool keepdim = false, ScalarType? type = null) => sum((ReadOnlySpan<long>)dim, keepdim, type);

        /// <inheritdoc cref="sum(ReadOnlySpan{long}, bool, ScalarType?)"/>
        public Tensor sum(long dim, bool keepdim = false, ScalarType? type = null) => sum([dim], keepdim, type);

        /// <inheritdoc cref="sum(ReadOnlySpan{long}, bool, ScalarType?)"/>
        public Tensor sum(long dim0, long dim1, bool keepdim = false, ScalarType? type = null) => sum([dim0, dim1], keepdim, type);

        /// <inheritdoc cref="sum(ReadOnlySpan{long}, bool, ScalarType?)"/>
        public Tensor sum(long dim0, long dim1, long dim2, bool keepdim = false, ScalarType? type = null) => sum([dim0, dim1, dim2], keepdim, type);

        /// <summary>The sum of all elements that are not NaN.</summary>
        public Tensor nansum() => NativeMethods.scfm_nansum(this, default, 0, false, (ScalarType?)null);

        /// <summary>The mean of all elements.</summary>
        public Tensor mean() => NativeMethods.scfm_mean(this, default, All, false, (ScalarType?)null);

        /// <summary>Means over these axes.</summary>
        public Tensor mean(long[] dimensions, bool keepdim = false, ScalarType? type = null) =>
            NativeMethods.scfm_mean(this, dimensions, dimensions.Length, keepdim, type);

        /// <summary>The variance of all elements; unbiased divides by n - 1.</summary>
        public Tensor var(bool unbiased = true) => NativeMethods.scfm_var(this, default, All, unbiased, false);

        /// <summary>Variances over these axes; unbiased divides by n - 1.</summary>
        public Tensor var(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Cast(type).Then(t => NativeMethods.scfm_var(t, dimensions, dimensions.Length, unbiased, keepdim));

        /// <inheritdoc cref="var(long[], bool, bool, ScalarType?)"/>
        public Tensor var(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => var([dim], unbiased, keepdim, type);

        /// <summary>The standard deviation of all elements; unbiased divides by n - 1.</summary>
        public Tensor std(bool unbiased = true) => NativeMethods.scfm_std(this, default, All, unbiased, false);

        /// <summary>Standard deviations over these axes; unbiased divides by n - 1.</summary>
        public Tensor std(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Cast(type).Then(t => NativeMethods.scfm_std(t, dimensions, dimensions.Length, unbiased, keepdim));

        /// <inheritdoc cref="std(long[], bool, bool, ScalarType?)"/>
        public Tensor std(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => std([dim], unbiased, keepdim, type);

        /// <summary>The p-norm of all elements.</summary>
        public Tensor norm(float p = 2.0f) => NativeMethods.scfm_norm(this, (double)p, default, All, false);

        /// <summary>The p-norm over one axis.</summary>
        public Tensor norm(int dim, bool keepdim = false, float p = 2.0f) => NativeMethods.scfm_norm(this, (double)p, [dim], 1, keepdim);

        /// <summary>log(sum(exp(x))) over one axis, without overflow.</summary>
        public Tensor logsumexp(long dim, bool keepdim = false) => NativeMethods.scfm_logsumexp(this, [dim], 1, keepdim);

        /// <summary>The product of all elements.</summary>
        public Tensor prod(ScalarType? type = null) => NativeMethods.scfm_prod(this, type);

        /// <summary>The product over one axis.</summary>
        public Tensor prod(long dim, bool keepdim = false, ScalarType? type = null) => NativeMethods.scfm_prod_dim(this, dim, keepdim, type);

        /// <summary>Whether no element is zero.</summary>
        public Tensor all() => NativeMethods.scfm_all(this);

        /// <summary>Whether no element is zero, over one axis.</summary>
        public Tensor all(long dim, bool keepdim = false) => NativeMethods.scfm_all_dim(this, dim, keepdim);

        /// <summary>Whether any element is not zero.</summary>
        public Tensor any() => NativeMethods.scfm_any(this);

        /// <summary>Whether any element is not zero, over one axis.</summary>
        public Tensor any(long dim, bool keepdim = false) => NativeMethods.scfm_any_dim(this, dim, keepdim);

        /// <summary>The number of elements that are not zero.</summary>
        public Tensor count_nonzero(long[]? dims = null) => NativeMethods.scfm_count_nonzero(this, dims, dims?.Length ?? All);

        /// <summary>Running sums along one axis.</summary>
        public Tensor cumsum(long dim, ScalarType? type = null) => NativeMethods.scfm_cumsum(this, dim, type);

        /// <summary>Running products along one axis.</summary>
        public Tensor cumprod(long dim, ScalarType? type = null) => NativeMethods.scfm_cumprod(this, dim, type);

        /// <summary>How often each non-negative integer occurs.</summary>
        public Tensor bincount(Tensor? weights, long minlength = 0) => NativeMethods.scfm_bincount(this, weights, minlength);

        /// <summary>The q-th quantiles along one axis, interpolated linearly.</summary>
        public Tensor quantile(Tensor q, long dim = -1, bool keepdim = false) => NativeMethods.scfm_quantile(this, q, dim, false, keepdim);

        // The tensor in another type, owned only where it is a new one.
        private (Tensor tensor, bool owned) Cast(ScalarType? type) => type is { } t && t != dtype ? (to(t), true) : (this, false);
    }

    private static Tensor Then(this (Tensor tensor, bool owned) input, Func<Tensor, Tensor> operation)
    {
        try
        {
            return operation(input.tensor);
        }
        finally
        {
            if (input.owned) input.tensor.Dispose();
        }
    }
}
