using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ScFm.Torch.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A tensor of the array's shape that shares its memory; both change together.</summary>
    public static Tensor from_array(Array rawArray, Device? device = null) => from_array(rawArray, null, device);

    /// <summary>A tensor of the array's shape; it shares the memory unless the type or device differs.</summary>
    public static unsafe Tensor from_array(
        Array rawArray, ScalarType? dtype, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        ArgumentNullException.ThrowIfNull(rawArray);
        var type = ToScalarType(rawArray.GetType().GetElementType()!);
        var shape = new long[rawArray.Rank];
        for (var axis = 0; axis < shape.Length; axis++) shape[axis] = rawArray.GetLongLength(axis);

        var pin = GCHandle.Alloc(rawArray, GCHandleType.Pinned);
        Tensor shared;
        try
        {
            shared = NativeMethods.scfm_from_blob(
                Marshal.UnsafeAddrOfPinnedArrayElement(rawArray, 0), (int)type, shape, shape.Length, &Unpin, GCHandle.ToIntPtr(pin));
        }
        catch
        {
            pin.Free();
            throw;
        }

        if ((dtype ?? type) != type || (device is not null && device.type != DeviceType.CPU))
            shared = shared.to(dtype ?? type, device ?? CPU, disposeAfter: true);
        return requires_grad ? shared.requires_grad_() : shared;
    }

    /// <summary>A tensor of the array's shape that shares its memory where it can.</summary>
    public static Tensor as_tensor(Array data, ScalarType? dtype = null, Device? device = null) => from_array(data, dtype, device);

    internal static unsafe Tensor Copied<T>(ReadOnlySpan<T> data, ReadOnlySpan<long> dimensions, ScalarType? dtype, Device? device, bool requiresGrad)
        where T : unmanaged
    {
        fixed (T* pointer = data)
            return NativeMethods.scfm_from_memory(
                (IntPtr)pointer, (long)data.Length * sizeof(T), (int)ToScalarType(typeof(T)), dimensions, dimensions.Length,
                new(dtype, device is null ? defaultDevice : InitializeDevice(device), requiresGrad));
    }

    private static ReadOnlySpan<T> Flat<T>(IList<T> list) => list switch
    {
        T[] array => array,
        List<T> items => CollectionsMarshal.AsSpan(items),
        _ => list.ToArray(),
    };

    private static ReadOnlySpan<T> Span<T>(Array array) =>
        MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(array)), array.Length);

    [UnmanagedCallersOnly]
    private static void Unpin(IntPtr owner) => GCHandle.FromIntPtr(owner).Free();
}
