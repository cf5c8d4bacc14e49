namespace TorchSharp;

public static partial class torch
{
    /// <summary>A tensor without axes of this number.</summary>
    public static Tensor tensor(long scalar, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Copied<long>([scalar], [], dtype, device, requires_grad);

    /// <summary>A vector with a copy of the data.</summary>
    public static Tensor tensor(long[] dataArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<long>(dataArray, [dataArray.LongLength], dtype, device, requires_grad);

    /// <summary>A tensor of this shape with a copy of the data.</summary>
    public static Tensor tensor(long[] dataArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<long>(dataArray, dimensions, dtype, device, requires_grad);

    /// <summary>A vector with a copy of the data.</summary>
    public static Tensor tensor(IList<long> rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<long>(Flat(rawArray), [rawArray.Count], dtype, device, requires_grad);

    /// <summary>A tensor of this shape with a copy of the data.</summary>
    public static Tensor tensor(IList<long> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<long>(Flat(rawArray), dimensions, dtype, device, requires_grad);

    /// <summary>A matrix with a copy of the data.</summary>
    public static Tensor tensor(IList<long> rawArray, long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<long>(Flat(rawArray), [rows, columns], dtype, device, requires_grad);

    /// <summary>A tensor of three axes with a copy of the data.</summary>
    public static Tensor tensor(IList<long> rawArray, long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<long>(Flat(rawArray), [dim0, dim1, dim2], dtype, device, requires_grad);

    /// <summary>A matrix with a copy of the data.</summary>
    public static Tensor tensor(long[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<long>(Span<long>(rawArray), [rawArray.GetLongLength(0), rawArray.GetLongLength(1)], dtype, device, requires_grad);

    /// <summary>A tensor of three axes with a copy of the data.</summary>
    public static Tensor tensor(long[,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<long>(Span<long>(rawArray), [rawArray.GetLongLength(0), rawArray.GetLongLength(1), rawArray.GetLongLength(2)], dtype, device, requires_grad);

    /// <summary>A tensor of this shape with a copy of the data.</summary>
    public static Tensor tensor(Memory<long> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<long>(rawArray.Span, dimensions, dtype, device, requires_grad);

    /// <summary>A tensor without axes of this number.</summary>
    public static Tensor tensor(int scalar, Device? device = null, bool requires_grad = false) =>
        Copied<int>([scalar], [], null, device, requires_grad);

    /// <summary>A vector with a copy of the data.</summary>
    public static Tensor tensor(int[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<int>(rawArray, [rawArray.LongLength], dtype, device, requires_grad);

    /// <summary>A tensor of this shape with a copy of the data.</summary>
    public static Tensor tensor(int[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<int>(rawArray, dimensions, dtype, device, requires_grad);

    /// <summary>A vector with a copy of the data.</summary>
    public static Tensor tensor(IList<int> rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<int>(Flat(rawArray), [rawArray.Count], dtype, device, requires_grad);

    /// <summary>A tensor of this shape with a copy of the data.</summary>
    public static Tensor tensor(IList<int> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<int>(Flat(rawArray), dimensions, dtype, device, requires_grad);

    /// <summary>A matrix with a copy of the data.</summary>
    public static Tensor tensor(IList<int> rawArray, long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<int>(Flat(rawArray), [rows, columns], dtype, device, requires_grad);

    /// <summary>A tensor of three axes with a copy of the data.</summary>
    public static Tensor tensor(IList<int> rawArray, long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<int>(Flat(rawArray), [dim0, dim1, dim2], dtype, device, requires_grad);

    /// <summary>A matrix with a copy of the data.</summary>
    public static Tensor tensor(int[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<int>(Span<int>(rawArray), [rawArray.GetLongLength(0), rawArray.GetLongLength(1)], dtype, device, requires_grad);

    /// <summary>A tensor of three axes with a copy of the data.</summary>
    public static Tensor tensor(int[,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<int>(Span<int>(rawArray), [rawArray.GetLongLength(0), rawArray.GetLongLength(1), rawArray.GetLongLength(2)], dtype, device, requires_grad);

    /// <summary>A tensor of this shape with a copy of the data.</summary>
    public static Tensor tensor(Memory<int> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<int>(rawArray.Span, dimensions, dtype, device, requires_grad);

    /// <summary>A tensor without axes of this number.</summary>
    public static Tensor tensor(byte scalar, Device? device = null, bool requires_grad = false) =>
        Copied<byte>([scalar], [], null, device, requires_grad);

    /// <summary>A vector with a copy of the data.</summary>
    public static Tensor tensor(byte[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<byte>(rawArray, [rawArray.LongLength], dtype, device, requires_grad);

    /// <summary>A tensor of this shape with a copy of the data.</summary>
    public static Tensor tensor(byte[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<byte>(rawArray, dimensions, dtype, device, requires_grad);

    /// <summary>A vector with a copy of the data.</summary>
    public static Tensor tensor(IList<byte> rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<byte>(Flat(rawArray), [rawArray.Count], dtype, device, requires_grad);

    /// <summary>A tensor of this shape with a copy of the data.</summary>
    public static Tensor tensor(IList<byte> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<byte>(Flat(rawArray), dimensions, dtype, device, requires_grad);

    /// <summary>A matrix with a copy of the data.</summary>
    public static Tensor tensor(IList<byte> rawArray, long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<byte>(Flat(rawArray), [rows, columns], dtype, device, requires_grad);

    /// <summary>A tensor of three axes with a copy of the data.</summary>
    public static Tensor tensor(IList<byte> rawArray, long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<byte>(Flat(rawArray), [dim0, dim1, dim2], dtype, device, requires_grad);

    /// <summary>A matrix with a copy of the data.</summary>
    public static Tensor tensor(byte[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<byte>(Span<byte>(rawArray), [rawArray.GetLongLength(0), rawArray.GetLongLength(1)], dtype, device, requires_grad);

    /// <summary>A tensor of three axes with a copy of the data.</summary>
    public static Tensor tensor(byte[,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<byte>(Span<byte>(rawArray), [rawArray.GetLongLength(0), rawArray.GetLongLength(1), rawArray.GetLongLength(2)], dtype, device, requires_grad);

    /// <summary>A tensor of this shape with a copy of the data.</summary>
    public static Tensor tensor(Memory<byte> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<byte>(rawArray.Span, dimensions, dtype, device, requires_grad);

    /// <summary>A tensor without axes of this number.</summary>
    public static Tensor tensor(sbyte scalar, Device? device = null, bool requires_grad = false) =>
        Copied<sbyte>([scalar], [], null, device, requires_grad);

    /// <summary>A vector with a copy of the data.</summary>
    public static Tensor tensor(sbyte[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<sbyte>(rawArray, [rawArray.LongLength], dtype, device, requires_grad);

    /// <summary>A tensor of this shape with a copy of the data.</summary>
    public static Tensor tensor(sbyte[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<sbyte>(rawArray, dimensions, dtype, device, requires_grad);

    /// <summary>A vector with a copy of the data.</summary>
    public static Tensor tensor(IList<sbyte> rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<sbyte>(Flat(rawArray), [rawArray.Count], dtype, device, requires_grad);

    /// <summary>A tensor of this shape with a copy of the data.</summary>
    public static Tensor tensor(IList<sbyte> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<sbyte>(Flat(rawArray), dimensions, dtype, device, requires_grad);

    /// <summary>A matrix with a copy of the data.</summary>
    public static Tensor tensor(IList<sbyte> rawArray, long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<sbyte>(Flat(rawArray), [rows, columns], dtype, device, requires_grad);

    /// <summary>A tensor of three axes with a copy of the data.</summary>
    public static Tensor tensor(IList<sbyte> rawArray, long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<sbyte>(Flat(rawArray), [dim0, dim1, dim2], dtype, device, requires_grad);

    /// <summary>A matrix with a copy of the data.</summary>
    public static Tensor tensor(sbyte[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<sbyte>(Span<sbyte>(rawArray), [rawArray.GetLongLength(0), rawArray.GetLongLength(1)], dtype, device, requires_grad);

    /// <summary>A tensor of three axes with a copy of the data.</summary>
    public static Tensor tensor(sbyte[,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<sbyte>(Span<sbyte>(rawArray), [rawArray.GetLongLength(0), rawArray.GetLongLength(1), rawArray.GetLongLength(2)], dtype, device, requires_grad);

    /// <summary>A tensor of this shape with a copy of the data.</summary>
    public static Tensor tensor(Memory<sbyte> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<sbyte>(rawArray.Span, dimensions, dtype, device, requires_grad);

    /// <summary>A tensor without axes of this number.</summary>
    public static Tensor tensor(short scalar, Device? device = null, bool requires_grad = false) =>
        Copied<short>([scalar], [], null, device, requires_grad);

    /// <summary>A vector with a copy of the data.</summary>
    public static Tensor tensor(short[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<short>(rawArray, [rawArray.LongLength], dtype, device, requires_grad);

    /// <summary>A tensor of this shape with a copy of the data.</summary>
    public static Tensor tensor(short[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<short>(rawArray, dimensions, dtype, device, requires_grad);

    /// <summary>A vector with a copy of the data.</summary>
    public static Tensor tensor(IList<short> rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<short>(Flat(rawArray), [rawArray.Count], dtype, device, requires_grad);

    /// <summary>A tensor of this shape with a copy of the data.</summary>
    public static Tensor tensor(IList<short> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<short>(Flat(rawArray), dimensions, dtype, device, requires_grad);

    /// <summary>A matrix with a copy of the data.</summary>
    public static Tensor tensor(IList<short> rawArray, long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<short>(Flat(rawArray), [rows, columns], dtype, device, requires_grad);

    /// <summary>A tensor of three axes with a copy of the data.</summary>
    public static Tensor tensor(IList<short> rawArray, long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<short>(Flat(rawArray), [dim0, dim1, dim2], dtype, device, requires_grad);

    /// <summary>A matrix with a copy of the data.</summary>
    public static Tensor tensor(short[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<short>(Span<short>(rawArray), [rawArray.GetLongLength(0), rawArray.GetLongLength(1)], dtype, device, requires_grad);

    /// <summary>A tensor of three axes with a copy of the data.</summary>
    public static Tensor tensor(short[,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<short>(Span<short>(rawArray), [rawArray.GetLongLength(0), rawArray.GetLongLength(1), rawArray.GetLongLength(2)], dtype, device, requires_grad);

    /// <summary>A tensor of this shape with a copy of the data.</summary>
    public static Tensor tensor(Memory<short> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<short>(rawArray.Span, dimensions, dtype, device, requires_grad);
}
