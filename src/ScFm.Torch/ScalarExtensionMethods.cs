namespace TorchSharp;

/// <summary>Conversions between C# numbers and scalars.</summary>
public static class ScalarExtensionMethods
{
    /// <summary>The number as a scalar.</summary>
    public static Scalar ToScalar(this int value) => value;

    /// <inheritdoc cref="ToScalar(int)"/>
    public static Scalar ToScalar(this long value) => value;

    /// <inheritdoc cref="ToScalar(int)"/>
    public static Scalar ToScalar(this float value) => value;

    /// <inheritdoc cref="ToScalar(int)"/>
    public static Scalar ToScalar(this double value) => value;

    /// <inheritdoc cref="ToScalar(int)"/>
    public static Scalar ToScalar(this bool value) => value;

    /// <summary>The scalar as a float64.</summary>
    public static double ToDouble(this Scalar value) => value.Value.ToDouble();

    /// <summary>The scalar as a float32.</summary>
    public static float ToSingle(this Scalar value) => (float)value.Value.ToDouble();

    /// <summary>The scalar as an int64.</summary>
    public static long ToInt64(this Scalar value) => value.Value.Kind == 1 ? (long)value.Value.ToDouble() : value.Value.Bits;

    /// <summary>The scalar as an int32.</summary>
    public static int ToInt32(this Scalar value) => (int)value.ToInt64();

    /// <summary>The scalar as a truth value.</summary>
    public static bool ToBoolean(this Scalar value) => value.Value.ToDouble() != 0;
}
