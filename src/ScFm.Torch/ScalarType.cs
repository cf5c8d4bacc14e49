namespace TorchSharp;

/// <summary>Tensors and what can be done with them: TorchSharp's API over the libtorch that is on the machine.</summary>
public static partial class torch
{
    /// <summary>The type of a tensor's elements, with libtorch's numbers.</summary>
    public enum ScalarType : sbyte
    {
        /// <summary>Unsigned 8-bit integer.</summary>
        Byte = 0,

        /// <summary>Signed 8-bit integer.</summary>
        Int8 = 1,

        /// <summary>16-bit integer.</summary>
        Int16 = 2,

        /// <summary>32-bit integer.</summary>
        Int32 = 3,

        /// <summary>64-bit integer; the type of indices.</summary>
        Int64 = 4,

        /// <summary>Half precision.</summary>
        Float16 = 5,

        /// <summary>Single precision.</summary>
        Float32 = 6,

        /// <summary>Double precision.</summary>
        Float64 = 7,

        /// <summary>Complex of single precision.</summary>
        ComplexFloat32 = 9,

        /// <summary>Complex of double precision.</summary>
        ComplexFloat64 = 10,

        /// <summary>Truth value, one byte.</summary>
        Bool = 11,

        /// <summary>16 bits with the exponent of float32 and 8 bits of precision.</summary>
        BFloat16 = 15,
    }

    /// <summary>Unsigned 8-bit integer.</summary>
    public static ScalarType uint8 = ScalarType.Byte;

    /// <summary>Signed 8-bit integer.</summary>
    public static ScalarType int8 = ScalarType.Int8;

    /// <summary>16-bit integer.</summary>
    public static ScalarType int16 = ScalarType.Int16;

    /// <summary>32-bit integer.</summary>
    public static ScalarType int32 = ScalarType.Int32;

    /// <summary>64-bit integer.</summary>
    public static ScalarType int64 = ScalarType.Int64;

    /// <summary>Half precision.</summary>
    public static ScalarType float16 = ScalarType.Float16;

    /// <summary>Single precision.</summary>
    public static ScalarType float32 = ScalarType.Float32;

    /// <summary>Double precision.</summary>
    public static ScalarType float64 = ScalarType.Float64;

    /// <summary>16 bits with the exponent of float32.</summary>
    public static ScalarType bfloat16 = ScalarType.BFloat16;

    /// <summary>Half precision.</summary>
    public static ScalarType half = ScalarType.Float16;

    /// <summary>Truth value.</summary>
    public static ScalarType @bool = ScalarType.Bool;

    /// <summary>16-bit integer.</summary>
    public static ScalarType @short = ScalarType.Int16;

    /// <summary>32-bit integer.</summary>
    public static ScalarType @int = ScalarType.Int32;

    /// <summary>64-bit integer.</summary>
    public static ScalarType @long = ScalarType.Int64;

    /// <summary>Single precision.</summary>
    public static ScalarType @float = ScalarType.Float32;

    /// <summary>Double precision.</summary>
    public static ScalarType @double = ScalarType.Float64;

    private static ScalarType defaultType = ScalarType.Float32;
    private static Device defaultDevice = CPU;

    /// <summary>The type of floating-point tensors whose type is not given; float32 at the start.</summary>
    public static ScalarType get_default_dtype() => defaultType;

    /// <summary>Sets the type of floating-point tensors whose type is not given.</summary>
    public static void set_default_dtype(ScalarType dtype) => defaultType = dtype;

    /// <summary>The device of tensors whose device is not given; the CPU at the start.</summary>
    public static Device get_default_device() => defaultDevice;

    /// <summary>Sets the device of tensors whose device is not given.</summary>
    public static void set_default_device(Device device) => defaultDevice = InitializeDevice(device);

    /// <summary>Whether the type is a floating-point type.</summary>
    public static bool is_floating_point(ScalarType type) =>
        type is ScalarType.Float16 or ScalarType.Float32 or ScalarType.Float64 or ScalarType.BFloat16;

    /// <summary>Whether the type is a complex type.</summary>
    public static bool is_complex(ScalarType type) => type is ScalarType.ComplexFloat32 or ScalarType.ComplexFloat64;

    /// <summary>Whether the type is an integer or truth value.</summary>
    public static bool is_integral(ScalarType type) => type is >= ScalarType.Byte and <= ScalarType.Int64 or ScalarType.Bool;

    internal static ScalarType ToScalarType(Type type) =>
        type == typeof(float) ? ScalarType.Float32 : type == typeof(double) ? ScalarType.Float64
        : type == typeof(long) ? ScalarType.Int64 : type == typeof(int) ? ScalarType.Int32
        : type == typeof(byte) ? ScalarType.Byte : type == typeof(bool) ? ScalarType.Bool
        : type == typeof(sbyte) ? ScalarType.Int8 : type == typeof(short) ? ScalarType.Int16
        : type == typeof(Half) ? ScalarType.Float16 : type == typeof(BFloat16) ? ScalarType.BFloat16
        : throw new NotSupportedException($"The type {type.FullName} has no tensor type; expected a C# number or bool.");
}
