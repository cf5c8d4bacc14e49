namespace TorchSharp;

public static partial class torch
{
    /// <summary>A tensor without axes of this number.</summary>
    public static Tensor tensor(float scalar, Device? device = null, bool requires_grad = false) =>
        Copied<float>([scalar], [], null, device, requires_grad);

    /// <summary>A vector with a copy of the data.</summary>
    public static Tensor tensor(float[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<float>(rawArray, [rawArray.LongLength], dtype, device, requires_grad);

    /// <summary>A tensor of this shape with a copy of the data.</summary>
    public static Tensor tensor(float[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<float>(rawArray, dimensions, dtype, device, requires_grad);

    /// <summary>A vector with a copy of the data.</summary>
    public static Tensor tensor(IList<float> rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<float>(Flat(rawArray), [rawArray.Count], dtype, device, requires_grad);

    /// <summary>A tensor of this shape with a copy of the data.</summary>
    public static Tensor tensor(IList<float> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<float>(Flat(rawArray), dimensions, dtype, device, requires_grad);

    /// <summary>A matrix with a copy of the data.</summary>
    public static Tensor tensor(IList<float> rawArray, long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<float>(Flat(rawArray), [rows, columns], dtype, device, requires_grad);

    /// <summary>A tensor of three axes with a copy of the data.</summary>
    public static Tensor tensor(IList<float> rawArray, long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<float>(Flat(rawArray), [dim0, dim1, dim2], dtype, device, requires_grad);

    /// <summary>A matrix with a copy of the data.</summary>
    public static Tensor tensor(float[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<float>(Span<float>(rawArray), [rawArray.GetLongLength(0), rawArray.GetLongLength(1)], dtype, device, requires_grad);

    /// <summary>A tensor of three axes with a copy of the data.</summary>
    public static Tensor tensor(float[,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<float>(Span<float>(rawArray), [rawArray.GetLongLength(0), rawArray.GetLongLength(1), rawArray.GetLongLength(2)], dtype, device, requires_grad);

    /// <summary>A tensor of this shape with a copy of the data.</summary>
    public static Tensor tensor(Memory<float> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<float>(rawArray.Span, dimensions, dtype, device, requires_grad);

    /// <summary>A tensor without axes of this number.</summary>
    public static Tensor tensor(double scalar, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Copied<double>([scalar], [], dtype, device, requires_grad);

    /// <summary>A vector with a copy of the data.</summary>
    public static Tensor tensor(double[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<double>(rawArray, [rawArray.LongLength], dtype, device, requires_grad);

    /// <summary>A tensor of this shape with a copy of the data.</summary>
    public static Tensor tensor(double[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<double>(rawArray, dimensions, dtype, device, requires_grad);

    /// <summary>A vector with a copy of the data.</summary>
    public static Tensor tensor(IList<double> rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<double>(Flat(rawArray), [rawArray.Count], dtype, device, requires_grad);

    /// <summary>A matrix with a copy of the data.</summary>
    public static Tensor tensor(IList<double> rawArray, long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<double>(Flat(rawArray), [rows, columns], dtype, device, requires_grad);

    /// <summary>A tensor of three axes with a copy of the data.</summary>
    public static Tensor tensor(IList<double> rawArray, long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<double>(Flat(rawArray), [dim0, dim1, dim2], dtype, device, requires_grad);

    /// <summary>A matrix with a copy of the data.</summary>
    public static Tensor tensor(double[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<double>(Span<double>(rawArray), [rawArray.GetLongLength(0), rawArray.GetLongLength(1)], dtype, device, requires_grad);

    /// <summary>A tensor of three axes with a copy of the data.</summary>
    public static Tensor tensor(double[,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<double>(Span<double>(rawArray), [rawArray.GetLongLength(0), rawArray.GetLongLength(1), rawArray.GetLongLength(2)], dtype, device, requires_grad);

    /// <summary>A tensor of this shape with a copy of the data.</summary>
    public static Tensor tensor(Memory<double> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<double>(rawArray.Span, dimensions, dtype, device, requires_grad);

    /// <summary>A tensor without axes of this number.</summary>
    public static Tensor tensor(bool scalar, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Copied<bool>([scalar], [], dtype, device, requires_grad);

    /// <summary>A vector with a copy of the data.</summary>
    public static Tensor tensor(bool[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<bool>(rawArray, [rawArray.LongLength], dtype, device, requires_grad);

    /// <summary>A tensor of this shape with a copy of the data.</summary>
    public static Tensor tensor(bool[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<bool>(rawArray, dimensions, dtype, device, requires_grad);

    /// <summary>A vector with a copy of the data.</summary>
    public static Tensor tensor(IList<bool> rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<bool>(Flat(rawArray), [rawArray.Count], dtype, device, requires_grad);

    /// <summary>A tensor of this shape with a copy of the data.</summary>
    public static Tensor tensor(IList<bool> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<bool>(Flat(rawArray), dimensions, dtype, device, requires_grad);

    /// <summary>A matrix with a copy of the data.</summary>
    public static Tensor tensor(IList<bool> rawArray, long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<bool>(Flat(rawArray), [rows, columns], dtype, device, requires_grad);

    /// <summary>A tensor of three axes with a copy of the data.</summary>
    public static Tensor tensor(IList<bool> rawArray, long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<bool>(Flat(rawArray), [dim0, dim1, dim2], dtype, device, requires_grad);

    /// <summary>A matrix with a copy of the data.</summary>
    public static Tensor tensor(bool[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<bool>(Span<bool>(rawArray), [rawArray.GetLongLength(0), rawArray.GetLongLength(1)], dtype, device, requires_grad);

    /// <summary>A tensor of three axes with a copy of the data.</summary>
    public static Tensor tensor(bool[,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<bool>(Span<bool>(rawArray), [rawArray.GetLongLength(0), rawArray.GetLongLength(1), rawArray.GetLongLength(2)], dtype, device, requires_grad);
}
