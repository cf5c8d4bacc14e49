namespace ScFm.Model.Files.PyTorch;

/// <summary>An array of NumPy while its pickle is read: made empty first, filled by its state later, and from then on a tensor.</summary>
/// <remarks>Source: NumPy's documentation of ndarray.__setstate__ and dtype.__setstate__.</remarks>
internal sealed class NumpyArray
{
    private const string Values = "an array's values";

    private CheckpointTensor? tensor;

    /// <summary>The tensor in place of an array that is filled; any other value as it is.</summary>
    public static object? Settled(object? value) => value is NumpyArray { tensor: { } filled } ? filled : value;

    /// <summary>Takes the state (version, shape, dtype, Fortran order, bytes).</summary>
    public void Fill(object? state)
    {
        var parts = PickleValue.As<object?[]>(state, "an array's state");
        var isFortran = PickleValue.Argument<bool>(parts, 3, "a memory order");
        tensor = Make(PickleValue.Argument<byte[]>(parts, 4, Values), parts, typePlace: 2, shapePlace: 1, isFortran);
    }

    /// <summary>An array of protocol 5 (bytes, dtype, shape, order C or F).</summary>
    public static CheckpointTensor FromBuffer(object?[] parts)
    {
        var isFortran = PickleValue.Argument<string>(parts, 3, "a memory order") == "F";
        return Make(PickleValue.Argument<byte[]>(parts, 0, Values), parts, typePlace: 1, shapePlace: 2, isFortran);
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

    private static CheckpointTensor Make(byte[] bytes, object?[] parts, int typePlace, int shapePlace, bool isFortran)
    {
        var shape = PickleValue.Wholes(PickleValue.Argument<object?[]>(parts, shapePlace, "a shape"), "a shape");
        return new CheckpointTensor(new MemoryStorage(bytes), PickleValue.Argument<TensorType>(parts, typePlace, "a dtype"), 0, shape, Strides(shape, isFortran));
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
