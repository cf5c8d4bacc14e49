using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Files.PyTorch;

/// <summary>A tensor of a checkpoint: its type and shape are known, its values stay in the file until they are asked for.</summary>
/// <remarks>Tensors that share a storage in the file are read apart: each gives its own dense values.</remarks>
public sealed class CheckpointTensor
{
    private const int MostDimensions = 64;
    private const long LargestRepeated = 1L << 30; // bytes that a stride of 0 may make of few

    private readonly TensorStorage storage;
    private readonly long offset;
    private readonly long[] shape;
    private readonly long[] strides;
    private readonly long reach;

    /// <summary>Makes a view of a storage; offset and strides count values.</summary>
    /// <exception cref="InvalidDataException">The view reaches outside the storage, or is too large.</exception>
    internal CheckpointTensor(TensorStorage storage, TensorType type, long offset, long[] shape, long[] strides)
    {
        (this.storage, Type, this.offset, this.shape, this.strides) = (storage, type, offset, shape, strides);
        if (shape.Length != strides.Length || shape.Length > MostDimensions || offset < 0 || shape.Any(size => size < 0) || strides.Any(stride => stride < 0))
        {
            throw new InvalidDataException(
                $"a tensor has {Described}, strides [{string.Join(", ", strides)}] and offset {offset}; expected as many strides as sizes, at most {MostDimensions}, and none below 0");
        }
        if (shape.Contains(0))
        {
            return;
        }
        var (count, last) = ((Int128)1, (Int128)offset);
        for (var i = 0; i < shape.Length; i++)
        {
            count = Int128.Min(count * shape[i], long.MaxValue); // stops growing once it is already too large
            last = Int128.Min(last + (Int128)(shape[i] - 1) * strides[i], long.MaxValue);
        }
        var held = storage.Length / type.Bytes;
        if (last >= held)
        {
            throw new InvalidDataException(
                $"a tensor of {Described}, strides [{string.Join(", ", strides)}] and offset {offset} reaches value {last} of its storage; expected below {held}");
        }
        if (count > held && count * type.Bytes > LargestRepeated)
        {
            throw new InvalidDataException($"a tensor of {Described} repeats the {held} values of its storage; expected at most {LargestRepeated} bytes of such");
        }
        (Elements, reach) = ((long)count, (long)last - offset + 1);
    }

    /// <summary>The type of the values.</summary>
    public TensorType Type { get; }

    /// <summary>The size of each dimension; none for a single value.</summary>
    public IReadOnlyList<long> Shape => shape;

    /// <summary>Number of values.</summary>
    public long Elements { get; }

    /// <summary>Bytes of the dense values.</summary>
    public long Bytes => Elements * Type.Bytes;

    private string Described => $"{Type} [{string.Join(", ", shape)}]";

    /// <summary>The values, dense in row-major order, little-endian.</summary>
    /// <param name="destination">As long as <see cref="Bytes"/>.</param>
    /// <exception cref="ArgumentException">The destination has another length.</exception>
    public void CopyTo(Span<byte> destination)
    {
        if (destination.Length != Bytes)
        {
            throw new ArgumentException($"The destination has {destination.Length} bytes; expected {Bytes}.");
        }
        if (destination.Length == 0)
        {
            return;
        }
        var (run, outer) = Run();
        if (outer == 0)
        {
            storage.Read(offset * Type.Bytes, destination);
            return;
        }
        var source = new byte[Short(reach * Type.Bytes)];
        storage.Read(offset * Type.Bytes, source);
        Gather(source, ref destination, 0, 0, outer, (int)(run * Type.Bytes));
    }

    /// <summary>The values, dense in row-major order, little-endian.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[Short(Bytes)];
        CopyTo(bytes);
        return bytes;
    }

    /// <summary>The values as a tensor of torch, on the processor.</summary>
    public Tensor ToTensor()
    {
        _ = Short(Bytes);
        var whole = empty(shape, dtype: Type.Scalar);
        if (Elements > 0)
        {
            CopyTo(whole.bytes);
        }
        return whole;
    }

    /// <inheritdoc/>
    public override string ToString() => Described;

    /// <summary>How many values lie side by side as they are wanted, and the number of dimensions before those.</summary>
    private (long Run, int Outer) Run()
    {
        var (run, outer) = (1L, shape.Length);
        while (outer > 0 && (shape[outer - 1] == 1 || strides[outer - 1] == run))
        {
            run *= shape[--outer];
        }
        return (run, outer);
    }

    private void Gather(ReadOnlySpan<byte> source, ref Span<byte> destination, long at, int dimension, int outer, int run)
    {
        for (long i = 0; i < shape[dimension]; i++, at += strides[dimension])
        {
            if (dimension < outer - 1)
            {
                Gather(source, ref destination, at, dimension + 1, outer, run);
                continue;
            }
            source.Slice((int)(at * Type.Bytes), run).CopyTo(destination);
            destination = destination[run..];
        }
    }

    private int Short(long bytes) =>
        bytes <= Array.MaxLength ? (int)bytes : throw new InvalidDataException($"The tensor of {Described} takes {bytes} bytes; expected at most {Array.MaxLength} in one.");
}
