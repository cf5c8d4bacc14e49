using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Files.PyTorch;

/// <summary>The type of a tensor's values.</summary>
public sealed class TensorType
{
    private static readonly (TensorType Type, string Storage, string Numpy)[] Known =
    [
        (new("float64", 8, ScalarType.Float64), "DoubleStorage", "f8"),
        (new("float32", 4, ScalarType.Float32), "FloatStorage", "f4"),
        (new("float16", 2, ScalarType.Float16), "HalfStorage", "f2"),
        (new("bfloat16", 2, ScalarType.BFloat16), "BFloat16Storage", ""),
        (new("int64", 8, ScalarType.Int64), "LongStorage", "i8"),
        (new("int32", 4, ScalarType.Int32), "IntStorage", "i4"),
        (new("int16", 2, ScalarType.Int16), "ShortStorage", "i2"),
        (new("int8", 1, ScalarType.Int8), "CharStorage", "i1"),
        (new("uint8", 1, ScalarType.Byte), "ByteStorage", "u1"),
        (new("bool", 1, ScalarType.Bool), "BoolStorage", "b1"),
        (new("complex64", 8, ScalarType.ComplexFloat32), "ComplexFloatStorage", "c8"),
        (new("complex128", 16, ScalarType.ComplexFloat64), "ComplexDoubleStorage", "c16"),
    ];

    private TensorType(string name, int bytes, ScalarType scalar) => (Name, Bytes, Scalar) = (name, bytes, scalar);

    /// <summary>PyTorch's name, such as float32.</summary>
    public string Name { get; }

    /// <summary>Bytes of one value, 1 to 16.</summary>
    public int Bytes { get; }

    /// <summary>The same for torch.</summary>
    public ScalarType Scalar { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>The type that PyTorch names so, or null.</summary>
    internal static TensorType? FromName(string name) => Array.Find(Known, t => t.Type.Name == name).Type;

    /// <summary>The type of the values of a storage class such as FloatStorage, or null.</summary>
    internal static TensorType? FromStorage(string name) => Array.Find(Known, t => t.Storage == name).Type;

    /// <summary>The type of NumPy's code such as f4, or null.</summary>
    internal static TensorType? FromNumpy(string code) => code == "" ? null : Array.Find(Known, t => t.Numpy == code).Type;
}
