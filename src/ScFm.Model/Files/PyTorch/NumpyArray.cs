namespace ScFm.Model.Files.PyTorch;

/// <summary>An array of NumPy while its pickle is read: made empty first, filled by its state later, and from then on a tensor.</summary>
/// <remarks>Source: NumPy's documentation of ndarray.__setstate__ and dtype.__setstate__.</remarks>
internal sealed class NumpyArray
{
    private CheckpointTensor? tensor;

    /// <summary>The tensor in place of an array that is filled; any other value as it is.</summary>
    public static object? Settled(object? value) => value is NumpyArray { tensor: { } filled } ? filled : value;

    /// <summary>Takes the state (version, shape, dtype, Fortran order, bytes).</summary>
    public void Fill(object? state)
    {
        var parts = PickleValue.As<object?[]>(state, "an array's state");
        var shape = PickleValue.Wholes(PickleValue.Argument<object?[]>(parts, 1, "a shape"), "a shape");
        var type = PickleValue.Argument<TensorType>(parts, 2, "a dtype");
        var isFortran = PickleValue.Argument<bool>(parts, 3, "a memory order");
        var bytes = PickleValue.Argument<byte[]>(parts, 4, "an array's values");
        tensor = new CheckpointTensor(new MemoryStorage(bytes), type, 0, shape, Strides(shape, isFortran));
    }

    /// <summary>A single value (dtype, bytes).</summary>
    public static object Scalar(object?[] arguments)
    {
        var (type, bytes) = (PickleValue.Argument<TensorType>(arguments, 0, "a dtype"), PickleValue.Argument<byte[]>(arguments, 1, "a value"));
        if (bytes.Length != type.Bytes)
        {
            throw new InvalidDataException($"its pickle has a {type} of {bytes.Length} bytes; expected {type.Bytes}");
        }
        return type.Name switch
        {
            "float64" => BitConverter.ToDouble(bytes),
            "float32" => BitConverter.ToSingle(bytes) * 1.0,
            "float16" => (double)BitConverter.ToHalf(bytes),
            "int64" => BitConverter.ToInt64(bytes),
            "int32" => (long)BitConverter.ToInt32(bytes),
            "int16" => (long)BitConverter.ToInt16(bytes),
            "int8" => (long)(sbyte)bytes[0],
            "uint8" => (long)bytes[0],
            "bool" => bytes[0] != 0,
            _ => new CheckpointTensor(new MemoryStorage(bytes), type, 0, [], []),
        };
    }

    /// <summary>The type of a code such as f4.</summary>
    public static TensorType Type(object?[] arguments)
    {
        var code = PickleValue.Argument<string>(arguments, 0, "a dtype");
        return TensorType.FromNumpy(code) ?? throw new InvalidDataException($"its pickle has an array of NumPy's type '{code}'; expected numbers");
    }

    /// <summary>Checks the state (version, byte order, ...) of a type.</summary>
    public static void RequireLittleEndian(TensorType type, object? state)
    {
        var order = PickleValue.Argument<string>(PickleValue.As<object?[]>(state, "a dtype's state"), 1, "a byte order");
        if (order is not ("<" or "|" or "="))
        {
            throw new InvalidDataException($"its pickle has an array of {type} in the byte order '{order}'; expected little-endian");
        }
    }

    private static long[] Strides(long[] shape, bool isFortran)
    {
        var (strides, step) = (new long[shape.Length], 1L);
        for (var i = 0; i < shape.Length; i++)
        {
            var dimension = isFortran ? i : shape.Length - 1 - i;
            (strides[dimension], step) = (step, unchecked(step * Math.Max(shape[dimension], 1)));
        }
        return strides;
    }
}
