using ScFm.Torch.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The largest element.</summary>
        public Tensor max() => NativeMethods.scfm_max(this);

        /// <summary>The larger of the two, element by element.</summary>
        public Tensor max(Tensor other) => maximum(other);

        /// <summary>The largest over one axis, and where.</summary>
        public (Tensor values, Tensor indexes) max(long dim, bool keepdim = false)
        {
            NativeError.Check(NativeMethods.scfm_max_dim(this, dim, keepdim, out var values, out var indexes));
            return (values, indexes);
        }

        /// <summary>The smallest element.</summary>
        public Tensor min() => NativeMethods.scfm_min(this);

        /// <summary>The smaller of the two, element by element.</summary>
        public Tensor min(Tensor other) => minimum(other);

        /// <summary>The smallest over one axis, and where.</summary>
        public (Tensor values, Tensor indexes) min(long dim, bool keepdim = false)
        {
            NativeError.Check(NativeMethods.scfm_min_dim(this, dim, keepdim, out var values, out var indexes));
            return (values, indexes);
        }

        /// <summary>The largest over these axes; ties share the gradient.</summary>
        public Tensor amax(ReadOnlySpan<long> dims, bool keepdim = false, Tensor? @out = null) =>
            Into(@out, NativeMethods.scfm_amax(this, dims, dims.Length, keepdim));

        /// <inheritdoc cref="amax(ReadOnlySpan{long}, bool, Tensor?)"/>
        public Tensor amax(long[] dims, bool keepdim = false, Tensor? @out = null) => amax((ReadOnlySpan<long>)dims, keepdim, @out);

        /// <inheritdoc cref="amax(ReadOnlySpan{long}, bool, Tensor?)"/>
        public Tensor amax(params long[] dims) => amax((ReadOnlySpan<long>)dims);

        /// <summary>The smallest over these axes; ties share the gradient.</summary>
        public Tensor amin(ReadOnlySpan<long> dims, bool keepdim = false, Tensor? @out = null) =>
            Into(@out, NativeMethods.scfm_amin(this, dims, dims.Length, keepdim));

        /// <inheritdoc cref="amin(ReadOnlySpan{long}, bool, Tensor?)"/>
        public Tensor amin(long[] dims, bool keepdim = false, Tensor? @out = null) => amin((ReadOnlySpan<long>)dims, keepdim, @out);

        /// <inheritdoc cref="amin(ReadOnlySpan{long}, bool, Tensor?)"/>
        public Tensor amin(params long[] dims) => amin((ReadOnlySpan<long>)dims);

        /// <summary>The median of all elements, the lower one of two.</summary>
        public Tensor median() => NativeMethods.scfm_median(this);

        /// <summary>Where the largest element is, counted in the order of the axes.</summary>
        public Tensor argmax() => NativeMethods.scfm_argmax(this, 0, true, false);

        /// <summary>Where the largest is along one axis.</summary>
        public Tensor argmax(long dim, bool keepdim = false) => NativeMethods.scfm_argmax(this, dim, false, keepdim);

        /// <summary>Where the smallest element is, counted in the order of the axes.</summary>
        public Tensor argmin() => NativeMethods.scfm_argmin(this, 0, true, false);

        /// <summary>Where the smallest is along one axis.</summary>
        public Tensor argmin(long dim, bool keepdim = false) => NativeMethods.scfm_argmin(this, dim, false, keepdim);

        /// <summary>The indices that sort along one axis.</summary>
        public Tensor argsort(long dim = -1, bool descending = false) => NativeMethods.scfm_argsort(this, dim, descending);

        /// <summary>The elements sorted along one axis, and where they were.</summary>
        public (Tensor Values, Tensor Indices) sort(long dim = -1, bool descending = false, bool stable = false)
        {
            NativeError.Check(NativeMethods.scfm_sort(this, dim, descending, stable, out var values, out var indices));
            return (values, indices);
        }

        /// <summary>The k largest (or smallest) along one axis, and where they are.</summary>
        public (Tensor values, Tensor indexes) topk(int k, int dim = -1, bool largest = true, bool sorted = true)
        {
            NativeError.Check(NativeMethods.scfm_topk(this, k, dim, largest, sorted, out var values, out var indexes));
            return (values, indexes);
        }

        /// <summary>The k-th smallest along one axis (k from 1), and where it is.</summary>
        public (Tensor values, Tensor indices) kthvalue(long k, long? dim, bool keepdim = false)
        {
            NativeError.Check(NativeMethods.scfm_kthvalue(this, k, dim ?? -1, keepdim, out var values, out var indices));
            return (values, indices);
        }

        /// <summary>The distinct elements or, with <paramref name="dim"/>, the distinct slices.</summary>
        public (Tensor output, Tensor? inverse_indices, Tensor? counts) unique(
            bool sorted = true, bool return_inverse = false, bool return_counts = false, int? dim = null)
        {
            NativeError.Check(NativeMethods.scfm_unique(
                this, sorted, return_inverse, return_counts, dim ?? 0, dim is null, out var values, out var inverses, out var tally));
            return (values, inverses, tally);
        }

        private static Tensor Into(Tensor? target, Tensor result)
        {
            if (target is null) return result;
            using (result) return target.copy_(result);
        }
    }
}
