using System.Runtime.InteropServices;
using TorchSharp;

namespace ScFm.Torch.Interop;

/// <summary>The handles of several tensors, and back.</summary>
internal static class TensorHandles
{
    /// <summary>The handles in order; null and disposed tensors count as an error unless <paramref name="allowNull"/>.</summary>
    public static IntPtr[] Of(IReadOnlyList<torch.Tensor?> tensors, bool allowNull = false)
    {
        var handles = new IntPtr[tensors.Count];
        for (var i = 0; i < handles.Length; i++)
            handles[i] = tensors[i] is { } tensor ? tensor.Handle
                : allowNull ? IntPtr.Zero
                : throw new ArgumentNullException(nameof(tensors), $"tensor {i} of {handles.Length} is null");
        return handles;
    }

    /// <summary>Owns the tensors that a native call left in its list.</summary>
    public static unsafe torch.Tensor[] Take(long count, IntPtr list)
    {
        if (count < 0) NativeError.Throw();
        var tensors = new torch.Tensor[count];
        for (var i = 0; i < count; i++)
        {
            var handle = ((IntPtr*)list)[i];
            tensors[i] = handle == IntPtr.Zero ? null! : new torch.Tensor(handle);
        }

        return tensors;
    }
}
