using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ScFm.Model.Corpora.Store;

/// <summary>Brings stored values back into float32.</summary>
internal static class ValueWidening
{
    /// <summary>Widens the stored values of a cell.</summary>
    /// <param name="stored">The stored bytes, as many as <paramref name="values"/> need in that type.</param>
    /// <param name="type">The type that they are stored in.</param>
    /// <param name="values">Where they go.</param>
    public static void Widen(ReadOnlySpan<byte> stored, StoredValues type, Span<float> values)
    {
        switch (type)
        {
            case StoredValues.UInt8:
                FromUInt8(stored, values);
                break;
            case StoredValues.UInt16:
                FromUInt16(MemoryMarshal.Cast<byte, ushort>(stored), values);
                break;
            case StoredValues.UInt32:
                FromUInt32(MemoryMarshal.Cast<byte, uint>(stored), values);
                break;
            case StoredValues.Float16:
                FromFloat16(MemoryMarshal.Cast<byte, Half>(stored), values);
                break;
            default:
                MemoryMarshal.Cast<byte, float>(stored).CopyTo(values);
                break;
        }
    }

    private static void FromUInt8(ReadOnlySpan<byte> stored, Span<float> values)
    {
        var i = 0;
        for (; i <= stored.Length - Vector256<byte>.Count; i += Vector256<byte>.Count)
        {
            var (low, high) = Vector256.Widen(Vector256.Create(stored[i..]));
            Put(low, values[i..]);
            Put(high, values[(i + Vector256<ushort>.Count)..]);
        }
        for (; i < stored.Length; i++)
        {
            values[i] = stored[i];
        }
    }

    private static void FromUInt16(ReadOnlySpan<ushort> stored, Span<float> values)
    {
        var i = 0;
        for (; i <= stored.Length - Vector256<ushort>.Count; i += Vector256<ushort>.Count)
        {
            Put(Vector256.Create(stored[i..]), values[i..]);
        }
        for (; i < stored.Length; i++)
        {
            values[i] = stored[i];
        }
    }

    private static void Put(Vector256<ushort> block, Span<float> values)
    {
        var (low, high) = Vector256.Widen(block);
        Vector256.ConvertToSingle(low.AsInt32()).CopyTo(values);
        Vector256.ConvertToSingle(high.AsInt32()).CopyTo(values[Vector256<float>.Count..]);
    }

    private static void FromUInt32(ReadOnlySpan<uint> stored, Span<float> values)
    {
        for (var i = 0; i < stored.Length; i++)
        {
            values[i] = stored[i];
        }
    }

    private static void FromFloat16(ReadOnlySpan<Half> stored, Span<float> values)
    {
        for (var i = 0; i < stored.Length; i++)
        {
            values[i] = (float)stored[i];
        }
    }
}
