using ScFm.Torch.Interop;

namespace TorchSharp;

/// <summary>Reading one number out of a tensor, and tensors out of and into streams.</summary>
public static partial class TensorExtensionMethods
{
    /// <summary>The only element as a float32.</summary>
    public static float ToSingle(this torch.Tensor value) => (float)value.ItemValue().ToDouble();

    /// <summary>The only element as a float64.</summary>
    public static double ToDouble(this torch.Tensor value) => value.ItemValue().ToDouble();

    /// <summary>The only element as an int64.</summary>
    public static long ToInt64(this torch.Tensor value) => value.ToScalar().ToInt64();

    /// <summary>The only element as an int32.</summary>
    public static int ToInt32(this torch.Tensor value) => (int)value.ToInt64();

    /// <summary>The only element as a truth value.</summary>
    public static bool ToBoolean(this torch.Tensor value) => value.is_nonzero();

    /// <summary>The array as a tensor of its shape.</summary>
    public static torch.Tensor ToTensor<T>(this T[] rawArray, long[] dimensions, bool doCopy = false, bool requires_grad = false)
        where T : unmanaged => torch.Copied<T>(rawArray, dimensions, null, null, requires_grad);

    /// <summary>The bytes of one element of this type.</summary>
    public static int ElementSize(this torch.ScalarType type) => type switch
    {
        torch.ScalarType.Byte or torch.ScalarType.Int8 or torch.ScalarType.Bool => 1,
        torch.ScalarType.Int16 or torch.ScalarType.Float16 or torch.ScalarType.BFloat16 => 2,
        torch.ScalarType.Int32 or torch.ScalarType.Float32 => 4,
        torch.ScalarType.ComplexFloat64 => 16,
        _ => 8,
    };
}
