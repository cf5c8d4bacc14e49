using System.Runtime.CompilerServices;
using ScFm.Torch.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The part that the indices name; assigning overwrites it.</summary>
        [IndexerName("TensorItems")]
        public Tensor this[params TensorIndex[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        /// <summary>The elements at positions, or where truth values hold, from tensors; assigning overwrites them.</summary>
        [IndexerName("TensorItems")]
        public Tensor this[params Tensor[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        /// <summary>The part at these positions of the first axes; assigning overwrites it.</summary>
        [IndexerName("TensorItems")]
        public Tensor this[params long[] indices]
        {
            get => index(Array.ConvertAll(indices, TensorIndex (i) => i));
            set => index_put_(value, Array.ConvertAll(indices, TensorIndex (i) => i));
        }

        /// <summary>The part at this position of the first axis; assigning overwrites it.</summary>
        [IndexerName("TensorItems")]
        public Tensor this[long i1]
        {
            get => select(0, i1);
            set => index_put_(value, (TensorIndex)i1);
        }

        /// <summary>The part at these positions of the first axes; assigning overwrites it.</summary>
        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2]
        {
            get => index(i1, i2);
            set => index_put_(value, i1, i2);
        }

        /// <summary>The part at these positions of the first axes; assigning overwrites it.</summary>
        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3]
        {
            get => index(i1, i2, i3);
            set => index_put_(value, i1, i2, i3);
        }

        /// <summary>The part that the indices name.</summary>
        public Tensor index(params TensorIndex[] indices)
        {
            // One part of the first axis is common and needs no list.
            if (indices is [var only] && only.IsSlice(out var start, out var stop, out var step))
                return NativeMethods.scfm_slice(this, 0, start, stop, step);
            var result = NativeMethods.scfm_index(this, Natives(indices, stackalloc IndexValue[8]), indices.Length);
            GC.KeepAlive(indices);
            return result;
        }

        private static ReadOnlySpan<IndexValue> Natives(TensorIndex[] indices, Span<IndexValue> room)
        {
            var natives = indices.Length <= room.Length ? room[..indices.Length] : new IndexValue[indices.Length];
            for (var i = 0; i < indices.Length; i++) natives[i] = indices[i].Native;
            return natives;
        }

        /// <summary>The elements at positions, or where truth values hold.</summary>
        public Tensor index(params Tensor[] indices) => index(Array.ConvertAll(indices, TensorIndex.Tensor));

        /// <summary>Overwrites the part that the indices name.</summary>
        public Tensor index_put_(Tensor value, params TensorIndex[] indices)
        {
            var status = NativeMethods.scfm_index_put_(this, Natives(indices, stackalloc IndexValue[8]), indices.Length, value);
            GC.KeepAlive(indices);
            return Done(status);
        }

        /// <summary>Fills the part that the indices name.</summary>
        public Tensor index_put_(Scalar value, params TensorIndex[] indices)
        {
            var status = NativeMethods.scfm_index_put_scalar_(this, Natives(indices, stackalloc IndexValue[8]), indices.Length, value);
            GC.KeepAlive(indices);
            return Done(status);
        }

        /// <summary>Overwrites the elements at these positions, or adds to them.</summary>
        public Tensor index_put_(Tensor value, Tensor[] indices, bool accumulate = false)
        {
            var status = NativeMethods.scfm_index_put_tensors_(this, TensorHandles.Of(indices, allowNull: true), indices.Length, value, accumulate);
            GC.KeepAlive(indices);
            return Done(status);
        }

        /// <summary>Overwrites the elements at these positions.</summary>
        public Tensor index_put_(Tensor value, params Tensor[] indices) => index_put_(value, indices, accumulate: false);

        /// <summary>Fills the elements at these positions.</summary>
        public Tensor index_put_(Scalar value, params Tensor[] indices) => index_put_(value, Array.ConvertAll(indices, TensorIndex.Tensor));

        /// <summary>The slices of one axis at these positions (int64).</summary>
        public Tensor index_select(long dim, Tensor index) => NativeMethods.scfm_index_select(this, dim, index);

        /// <summary>Alpha times the slices of <paramref name="source"/> added at these positions.</summary>
        public Tensor index_add(long dim, Tensor index, Tensor source, Scalar alpha) => NativeMethods.scfm_index_add(this, dim, index, source, alpha);

        /// <inheritdoc cref="index_add(long, Tensor, Tensor, Scalar)"/>
        public Tensor index_add_(long dim, Tensor index, Tensor source, Scalar alpha) => Done(NativeMethods.scfm_index_add_(this, dim, index, source, alpha));

        /// <summary>The slices of <paramref name="source"/> put at these positions.</summary>
        public Tensor index_copy(long dim, Tensor index, Tensor source) => NativeMethods.scfm_index_copy(this, dim, index, source);

        /// <inheritdoc cref="index_copy(long, Tensor, Tensor)"/>
        public Tensor index_copy_(long dim, Tensor index, Tensor source) => Done(NativeMethods.scfm_index_copy_(this, dim, index, source));

        /// <summary>A value put at these positions.</summary>
        public Tensor index_fill(long dim, Tensor index, Scalar value) => NativeMethods.scfm_index_fill(this, dim, index, value);

        /// <inheritdoc cref="index_fill(long, Tensor, Scalar)"/>
        public Tensor index_fill_(long dim, Tensor index, Scalar value) => Done(NativeMethods.scfm_index_fill_(this, dim, index, value));

        /// <summary>For each element of <paramref name="index"/> the element at that position of one axis.</summary>
        public Tensor gather(long dim, Tensor index) => NativeMethods.scfm_gather(this, dim, index);

        /// <summary>Like gather, with broadcasting.</summary>
        public Tensor take_along_dim(Tensor indices, long dim) => NativeMethods.scfm_take_along_dim(this, indices, dim);

        /// <summary>Each element of <paramref name="src"/> put at the position of one axis that <paramref name="index"/> says.</summary>
        public Tensor scatter(long dim, Tensor index, Tensor src) => NativeMethods.scfm_scatter(this, dim, index, src);

        /// <inheritdoc cref="scatter(long, Tensor, Tensor)"/>
        public Tensor scatter_(long dim, Tensor index, Tensor src) => Done(NativeMethods.scfm_scatter_(this, dim, index, src));

        /// <summary>Each element of <paramref name="src"/> added at the position of one axis that <paramref name="index"/> says.</summary>
        public Tensor scatter_add(long dim, Tensor index, Tensor src) => NativeMethods.scfm_scatter_add(this, dim, index, src);

        /// <inheritdoc cref="scatter_add(long, Tensor, Tensor)"/>
        public Tensor scatter_add_(long dim, Tensor index, Tensor src) => Done(NativeMethods.scfm_scatter_add_(this, dim, index, src));

        /// <summary>A value where the mask holds.</summary>
        public Tensor masked_fill(Tensor mask, Scalar value) => NativeMethods.scfm_masked_fill(this, mask, value);

        /// <inheritdoc cref="masked_fill(Tensor, Scalar)"/>
        public Tensor masked_fill_(Tensor mask, Scalar value) => Done(NativeMethods.scfm_masked_fill_(this, mask, value));

        /// <summary>The elements where the mask holds, as a vector.</summary>
        public Tensor masked_select(Tensor mask) => NativeMethods.scfm_masked_select(this, mask);

        /// <summary>The elements of <paramref name="value"/>, in order, where the mask holds.</summary>
        public Tensor masked_scatter(Tensor mask, Tensor value) => NativeMethods.scfm_masked_scatter(this, mask, value);

        /// <inheritdoc cref="masked_scatter(Tensor, Tensor)"/>
        public Tensor masked_scatter_(Tensor mask, Tensor value) => Done(NativeMethods.scfm_masked_scatter_(this, mask, value));

        /// <summary>The positions of what is not zero, <c>[count, axes]</c>.</summary>
        public Tensor nonzero() => NativeMethods.scfm_nonzero(this);

        /// <summary>This where the condition holds, y elsewhere.</summary>
        public Tensor where(Tensor condition, Tensor y) => NativeMethods.scfm_where(condition, this, y);

        /// <summary>Into which interval between sorted boundaries each element falls.</summary>
        public Tensor bucketize(Tensor boundaries, bool outInt32 = false, bool right = false) => NativeMethods.scfm_bucketize(this, boundaries, outInt32, right);

        /// <summary>Whether each element is among the test elements.</summary>
        public Tensor isin(Tensor test_elements, bool assumeUnique = false, bool invert = false) => NativeMethods.scfm_isin(this, test_elements, assumeUnique, invert);
    }

    /// <inheritdoc cref="Tensor.index_select(long, Tensor)"/>
    public static Tensor index_select(Tensor input, long dim, Tensor index) => input.index_select(dim, index);

    /// <inheritdoc cref="Tensor.index_add(long, Tensor, Tensor, Scalar)"/>
    public static Tensor index_add(Tensor input, long dim, Tensor index, Tensor source, Scalar alpha) => input.index_add(dim, index, source, alpha);

    /// <inheritdoc cref="Tensor.index_copy(long, Tensor, Tensor)"/>
    public static Tensor index_copy(Tensor input, long dim, Tensor index, Tensor source) => input.index_copy(dim, index, source);

    /// <inheritdoc cref="Tensor.gather(long, Tensor)"/>
    public static Tensor gather(Tensor input, long dim, Tensor index) => input.gather(dim, index);

    /// <inheritdoc cref="Tensor.take_along_dim(Tensor, long)"/>
    public static Tensor take_along_dim(Tensor input, Tensor indices, long dim = 0L) => input.take_along_dim(indices, dim);

    /// <inheritdoc cref="Tensor.scatter(long, Tensor, Tensor)"/>
    public static Tensor scatter(Tensor input, long dim, Tensor index, Tensor src) => input.scatter(dim, index, src);

    /// <inheritdoc cref="Tensor.scatter_add(long, Tensor, Tensor)"/>
    public static Tensor scatter_add(Tensor input, long dim, Tensor index, Tensor src) => input.scatter_add(dim, index, src);

    /// <inheritdoc cref="Tensor.masked_select(Tensor)"/>
    public static Tensor masked_select(Tensor input, Tensor mask) => input.masked_select(mask);

    /// <inheritdoc cref="Tensor.nonzero()"/>
    public static Tensor nonzero(Tensor input) => input.nonzero();

    /// <summary>x where the condition holds, y elsewhere.</summary>
    public static Tensor where(Tensor condition, Tensor x, Tensor y) => NativeMethods.scfm_where(condition, x, y);

    /// <summary>The positions where the condition holds, one tensor an axis.</summary>
    public static Tensor[] where(Tensor condition) => TensorHandles.Take(NativeMethods.scfm_where_indices(condition, out var list), list);

    /// <inheritdoc cref="Tensor.bucketize(Tensor, bool, bool)"/>
    public static Tensor bucketize(Tensor input, Tensor boundaries, bool outInt32 = false, bool right = false) => input.bucketize(boundaries, outInt32, right);

    /// <summary>Where each value would go into a sorted sequence.</summary>
    public static Tensor searchsorted(Tensor sorted_sequence, Tensor values, bool out_int32 = false, bool right = false, Tensor? sorter = null) =>
        NativeMethods.scfm_searchsorted(sorted_sequence, values, out_int32, right, sorter);

    /// <inheritdoc cref="Tensor.isin(Tensor, bool, bool)"/>
    public static Tensor isin(Tensor tensor, Tensor test_elements, bool assumeUnique = false, bool invert = false) => tensor.isin(test_elements, assumeUnique, invert);
}
