using TorchSharp;

namespace ScFm.Torch.Interop;

/// <summary>A number with its kind (0 none, 1 float64, 2 int64, 3 bool), as the C ABI takes it.</summary>
internal readonly struct ScalarValue(long bits, long kind)
{
    public readonly long Bits = bits;
    public readonly long Kind = kind;

    public static implicit operator ScalarValue(Scalar? scalar) => scalar is null ? default : scalar.Value;
    public static implicit operator ScalarValue(double value) => new(BitConverter.DoubleToInt64Bits(value), 1);
    public static implicit operator ScalarValue(long value) => new(value, 2);
    public static implicit operator ScalarValue(bool value) => new(value ? 1 : 0, 3);

    public double ToDouble() => Kind == 1 ? BitConverter.Int64BitsToDouble(Bits) : Bits;
}

/// <summary>A scalar type, or -1 for "as it comes".</summary>
internal readonly struct DType(int code)
{
    public readonly int Code = code;

    public static implicit operator DType(torch.ScalarType? type) => new(type is { } t ? (int)t : -1);
    public static implicit operator DType(torch.ScalarType type) => new((int)type);
}

/// <summary>A device, or type -1 for "as it comes".</summary>
internal readonly struct Place(int type, int index)
{
    public readonly int Type = type;
    public readonly int Index = index;

    public static implicit operator Place(torch.Device? device) => device is null ? new(-1, -1) : new((int)device.type, device.index);
}

/// <summary>What a factory makes: type, device and whether gradients are recorded.</summary>
internal readonly struct FactoryOptions(torch.ScalarType? dtype, torch.Device? device, bool requiresGrad)
{
    public readonly int Type = dtype is { } t ? (int)t : -1;
    public readonly int DeviceType = device is null ? -1 : (int)device.type;
    public readonly int DeviceIndex = device is null ? -1 : device.index;
    public readonly int RequiresGrad = requiresGrad ? 1 : 0;
}

/// <summary>One index of <c>tensor[...]</c>, as the C ABI takes it.</summary>
internal struct IndexValue
{
    public const long Absent = long.MinValue;

    public long Kind, Start, Stop, Step;
    public IntPtr Tensor;
}

/// <summary>The hyper-parameters of one Adam step.</summary>
internal struct AdamValues
{
    public double LearningRate, Beta1, Beta2, Epsilon, WeightDecay;
    public int AmsGrad, Maximize, Decoupled, Unused;
}
