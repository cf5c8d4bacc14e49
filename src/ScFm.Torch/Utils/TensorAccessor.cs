using System.Collections;

namespace TorchSharp.Utils;

/// <summary>The elements of a tensor in the processor's memory, in the order of its axes.</summary>
/// <typeparam name="T">The C# type of an element.</typeparam>
public sealed class TensorAccessor<T> : IDisposable, IEnumerable<T> where T : unmanaged
{
    private readonly torch.Tensor tensor;
    private readonly IntPtr pointer;
    private readonly long[] shape;
    private readonly long[] strides;
    private readonly bool contiguous;

    internal TensorAccessor(torch.Tensor tensor)
    {
        this.tensor = tensor;
        shape = tensor.shape;
        strides = tensor.stride();
        contiguous = tensor.is_contiguous();
        pointer = tensor.DataPointer();
        Count = tensor.numel();
    }

    /// <summary>The number of elements.</summary>
    public long Count { get; }

    /// <summary>Elements can be written.</summary>
    public bool IsReadOnly => false;

    /// <summary>One element by an index an axis; a single index counts in the order of the axes.</summary>
    public unsafe T this[params long[] indices]
    {
        get
        {
            var value = *Address(indices);
            GC.KeepAlive(tensor);
            return value;
        }
        set
        {
            *Address(indices) = value;
            GC.KeepAlive(tensor);
        }
    }

    /// <summary>A copy of all elements.</summary>
    public T[] ToArray()
    {
        var copy = new T[Count];
        CopyTo(copy);
        return copy;
    }

    /// <summary>A copy of all elements, as an array of the tensor's shape.</summary>
    public Array ToNDArray()
    {
        if (shape.Length == 0) return new[] { this[0] };
        var copy = Array.CreateInstance(typeof(T), shape);
        if (Count > 0)
        {
            var flat = System.Runtime.InteropServices.MemoryMarshal.CreateSpan(
                ref System.Runtime.CompilerServices.Unsafe.As<byte, T>(ref System.Runtime.InteropServices.MemoryMarshal.GetArrayDataReference(copy)), copy.Length);
            CopyTo(flat);
        }

        return copy;
    }

    /// <summary>Copies elements from <paramref name="tensorIndex"/> on into the array from <paramref name="arrayIndex"/> on.</summary>
    public void CopyTo(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyTo(array.AsSpan(), arrayIndex, tensorIndex);

    /// <inheritdoc cref="CopyTo(T[], int, long)"/>
    public unsafe void CopyTo(Span<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        var target = array[arrayIndex..];
        var length = (int)Math.Min(target.Length, Count - tensorIndex);
        if (contiguous)
            new ReadOnlySpan<T>((T*)pointer + tensorIndex, length).CopyTo(target);
        else
            for (var i = 0; i < length; i++) target[i] = *At(tensorIndex + i);
        GC.KeepAlive(tensor);
    }

    /// <summary>Copies the array from <paramref name="arrayIndex"/> on over the elements from <paramref name="tensorIndex"/> on.</summary>
    public void CopyFrom(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyFrom((ReadOnlySpan<T>)array, arrayIndex, tensorIndex);

    /// <inheritdoc cref="CopyFrom(T[], int, long)"/>
    public unsafe void CopyFrom(ReadOnlySpan<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        var source = array[arrayIndex..];
        var length = (int)Math.Min(source.Length, Count - tensorIndex);
        if (contiguous)
            source[..length].CopyTo(new Span<T>((T*)pointer + tensorIndex, length));
        else
            for (var i = 0; i < length; i++) *At(tensorIndex + i) = source[i];
        GC.KeepAlive(tensor);
    }

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator()
    {
        for (long i = 0; i < Count; i++) yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Releases the accessor's hold on the memory.</summary>
    public void Dispose() => tensor.Dispose();

    private unsafe T* Address(long[] indices)
    {
        if (indices.Length == 1 && shape.Length != 1) return At(Checked(indices[0], Count));
        if (indices.Length != shape.Length)
            throw new ArgumentException($"{indices.Length} indices were given for a tensor of {shape.Length} axes.");
        long offset = 0;
        for (var i = 0; i < indices.Length; i++) offset += Checked(indices[i], shape[i]) * strides[i];
        return (T*)pointer + offset;
    }

    /// <summary>The element at a position in the order of the axes.</summary>
    private unsafe T* At(long position)
    {
        if (contiguous) return (T*)pointer + position;
        long offset = 0;
        for (var axis = shape.Length - 1; axis >= 0; axis--)
        {
            offset += position % shape[axis] * strides[axis];
            position /= shape[axis];
        }

        return (T*)pointer + offset;
    }

    private static long Checked(long index, long length) =>
        index >= 0 && index < length ? index : throw new IndexOutOfRangeException($"The index {index} is outside of 0 to {length - 1}.");
}
