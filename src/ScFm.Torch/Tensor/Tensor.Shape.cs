using ScFm.Torch.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The same data with other axes; -1 stands for the length that fits.</summary>
        public Tensor view(params long[] shape) => NativeMethods.scfm_view(this, shape, shape.Length);

        /// <summary>The same elements with other axes, copied where they must be; -1 stands for the length that fits.</summary>
        public Tensor reshape(params long[] shape) => NativeMethods.scfm_reshape(this, shape, shape.Length);

        /// <summary>The same data with the shape of another.</summary>
        public Tensor view_as(Tensor other) => view(other.shape);

        /// <summary>Several axes joined into one.</summary>
        public Tensor flatten(long start_dim = 0, long end_dim = -1) => NativeMethods.scfm_flatten(this, start_dim, end_dim);

        /// <summary>One axis split into several.</summary>
        public Tensor unflatten(long dim, params long[] sizes) => NativeMethods.scfm_unflatten(this, dim, sizes, sizes.Length);

        /// <summary>Two axes exchanged.</summary>
        public Tensor transpose(long dim0, long dim1) => NativeMethods.scfm_transpose(this, dim0, dim1);

        /// <inheritdoc cref="transpose(long, long)"/>
        public Tensor transpose_(long dim0, long dim1) => Done(NativeMethods.scfm_transpose_(this, dim0, dim1));

        /// <summary>The axes in another order.</summary>
        public Tensor permute(params long[] permutation) => NativeMethods.scfm_permute(this, permutation, permutation.Length);

        /// <summary>A matrix transposed.</summary>
        public Tensor t() => NativeMethods.scfm_t(this);

        /// <summary>All axes in reverse order.</summary>
        public Tensor T => permute([.. Enumerable.Range(1, (int)ndim).Select(i => ndim - i)]);

        /// <summary>The last two axes exchanged.</summary>
        public Tensor mT => NativeMethods.scfm_mT(this);

        /// <summary>A new axis of length 1.</summary>
        public Tensor unsqueeze(long dim) => NativeMethods.scfm_unsqueeze(this, dim);

        /// <inheritdoc cref="unsqueeze(long)"/>
        public Tensor unsqueeze_(long dim) => Done(NativeMethods.scfm_unsqueeze_(this, dim));

        /// <summary>Without axes of length 1, or without this one if it has length 1.</summary>
        public Tensor squeeze(long? dim = null) => dim is { } d ? NativeMethods.scfm_squeeze_dim(this, d) : NativeMethods.scfm_squeeze(this);

        /// <summary>Axes of length 1 stretched without a copy; -1 keeps an axis.</summary>
        public Tensor expand(ReadOnlySpan<long> sizes, bool isImplicit = false) => NativeMethods.scfm_expand(this, sizes, sizes.Length, isImplicit);

        /// <inheritdoc cref="expand(ReadOnlySpan{long}, bool)"/>
        public Tensor expand(long[] sizes, bool isImplicit = false) => expand((ReadOnlySpan<long>)sizes, isImplicit);

        /// <inheritdoc cref="expand(ReadOnlySpan{long}, bool)"/>
        public Tensor expand(params long[] sizes) => expand((ReadOnlySpan<long>)sizes);

        /// <inheritdoc cref="expand(ReadOnlySpan{long}, bool)"/>
        public Tensor expand_as(Tensor other) => expand((ReadOnlySpan<long>)other.shape);

        /// <inheritdoc cref="expand(ReadOnlySpan{long}, bool)"/>
        public Tensor broadcast_to(params long[] shape) => expand((ReadOnlySpan<long>)shape);

        /// <summary>The whole repeated along each axis.</summary>
        public Tensor repeat(params long[] sizes) => NativeMethods.scfm_repeat(this, sizes, sizes.Length);

        /// <summary>The whole repeated along the last axes.</summary>
        public Tensor tile(long[] reps) => NativeMethods.scfm_tile(this, reps, reps.Length);

        /// <summary>Each element repeated; without <paramref name="dim"/>, of the flattened tensor.</summary>
        public Tensor repeat_interleave(long repeats, long? dim = null, long? output_size = null) =>
            NativeMethods.scfm_repeat_interleave(this, repeats, dim ?? 0, dim is null);

        /// <summary>Each element repeated as often as <paramref name="repeats"/> says.</summary>
        public Tensor repeat_interleave(Tensor repeats, long? dim = null, long? output_size = null) =>
            NativeMethods.scfm_repeat_interleave_tensor(this, repeats, dim ?? 0, dim is null);

        /// <summary>The order of the elements reversed along these axes.</summary>
        public Tensor flip(params long[] dims) => NativeMethods.scfm_flip(this, dims, dims.Length);

        /// <summary>The elements shifted around along one axis, or flattened without one.</summary>
        public Tensor roll(long shifts, long? dims = null) =>
            NativeMethods.scfm_roll(this, [shifts], 1, dims is { } d ? [d] : [], dims is null ? 0 : 1);

        /// <summary>A part of one axis.</summary>
        public Tensor narrow(long dim, long start, long length) => NativeMethods.scfm_narrow(this, dim, start, length);

        /// <summary>Every step-th element of a part of one axis.</summary>
        public Tensor slice(long dim, long start, long finish, long step) => NativeMethods.scfm_slice(this, dim, start, finish, step);

        /// <summary>One position of one axis, which goes away.</summary>
        public Tensor select(long dim, long index) => NativeMethods.scfm_select(this, dim, index);

        /// <summary>The diagonal of a matrix, or the matrix of a diagonal.</summary>
        public Tensor diag(long diagonal = 0) => NativeMethods.scfm_diag(this, diagonal);

        /// <summary>The diagonal of two axes.</summary>
        public Tensor diagonal(long offset = 0L, long dim1 = 0L, long dim2 = 1L) => NativeMethods.scfm_diagonal(this, offset, dim1, dim2);

        /// <summary>The matrices of diagonals.</summary>
        public Tensor diag_embed(long offset = 0L, long dim1 = -2L, long dim2 = -1L) => NativeMethods.scfm_diag_embed(this, offset, dim1, dim2);

        /// <summary>The lower triangle, zero above.</summary>
        public Tensor tril(long diagonal = 0) => NativeMethods.scfm_tril(this, diagonal);

        /// <summary>The upper triangle, zero below.</summary>
        public Tensor triu(long diagonal = 0) => NativeMethods.scfm_triu(this, diagonal);

        /// <summary>A view of the storage with these lengths and steps.</summary>
        public Tensor as_strided(long[] size, long[] strides, long storageOffset = 0L) =>
            NativeMethods.scfm_as_strided(this, size, size.Length, strides, strides.Length, storageOffset);

        /// <summary>All windows of one axis, as a new last axis.</summary>
        public Tensor unfold(long dimension, long size, long step) => NativeMethods.scfm_unfold(this, dimension, size, step);

        /// <summary>Parts of one length; the last may be shorter.</summary>
        public Tensor[] split(long size, int dim = 0) => TensorHandles.Take(NativeMethods.scfm_split(this, size, dim, out var list), list);

        /// <summary>Parts of these lengths.</summary>
        public Tensor[] split(long[] sizes, long dim = 0) =>
            TensorHandles.Take(NativeMethods.scfm_split_sizes(this, sizes, sizes.Length, dim, out var list), list);

        /// <summary>A number of parts of about equal length.</summary>
        public Tensor[] chunk(long chunks, long dim = 0L) => TensorHandles.Take(NativeMethods.scfm_chunk(this, chunks, dim, out var list), list);

        /// <summary>The slices along one axis.</summary>
        public Tensor[] unbind(long dimension = 0L) => TensorHandles.Take(NativeMethods.scfm_unbind(this, dimension, out var list), list);
    }
}
