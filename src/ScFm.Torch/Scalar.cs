using ScFm.Torch.Interop;

namespace TorchSharp;

/// <summary>One number given to an operation; made implicitly from C# numbers.</summary>
public sealed class Scalar : IDisposable
{
    internal readonly ScalarValue Value;

    internal Scalar(ScalarValue value, torch.ScalarType type)
    {
        Value = value;
        Type = type;
    }

    /// <summary>The type that the number had.</summary>
    public torch.ScalarType Type { get; }

    /// <summary>Nothing is held; kept because TorchSharp's scalar is disposable.</summary>
    public void Dispose() { }

    /// <inheritdoc/>
    public override string ToString() => Value.Kind == 1 ? Value.ToDouble().ToString(System.Globalization.CultureInfo.InvariantCulture) : Value.Bits.ToString();

    /// <summary>The same number as a scalar.</summary>
    public static implicit operator Scalar(byte value) => new((long)value, torch.ScalarType.Byte);

    /// <inheritdoc cref="op_Implicit(byte)"/>
    public static implicit operator Scalar(sbyte value) => new((long)value, torch.ScalarType.Int8);

    /// <inheritdoc cref="op_Implicit(byte)"/>
    public static implicit operator Scalar(short value) => new((long)value, torch.ScalarType.Int16);

    /// <inheritdoc cref="op_Implicit(byte)"/>
    public static implicit operator Scalar(int value) => new((long)value, torch.ScalarType.Int32);

    /// <inheritdoc cref="op_Implicit(byte)"/>
    public static implicit operator Scalar(long value) => new(value, torch.ScalarType.Int64);

    /// <inheritdoc cref="op_Implicit(byte)"/>
    public static implicit operator Scalar(Half value) => new((double)value, torch.ScalarType.Float16);

    /// <inheritdoc cref="op_Implicit(byte)"/>
    public static implicit operator Scalar(float value) => new((double)value, torch.ScalarType.Float32);

    /// <inheritdoc cref="op_Implicit(byte)"/>
    public static implicit operator Scalar(double value) => new(value, torch.ScalarType.Float64);

    /// <inheritdoc cref="op_Implicit(byte)"/>
    public static implicit operator Scalar(bool value) => new(value, torch.ScalarType.Bool);
}
