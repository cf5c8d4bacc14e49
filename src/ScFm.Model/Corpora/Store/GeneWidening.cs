using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ScFm.Model.Corpora.Store;

/// <summary>Brings stored gene indices into the type that a caller asks for.</summary>
internal static class GeneWidening
{
    /// <summary>Widens the stored indices of a cell.</summary>
    /// <typeparam name="T">int or long.</typeparam>
    /// <param name="stored">Indices of 2 or 4 bytes each, as many as <paramref name="genes"/> has room for.</param>
    /// <param name="genes">Where they go.</param>
    /// <returns>The largest index, for the caller to hold against the number of genes.</returns>
    public static uint Widen<T>(ReadOnlySpan<byte> stored, Span<T> genes) where T : unmanaged
    {
        if (stored.Length == genes.Length * sizeof(ushort))
        {
            var narrow = MemoryMarshal.Cast<byte, ushort>(stored);
            return typeof(T) == typeof(int) ? ToInt32(narrow, MemoryMarshal.Cast<T, int>(genes)) : ToInt64(narrow, MemoryMarshal.Cast<T, long>(genes));
        }
        var wide = MemoryMarshal.Cast<byte, uint>(stored);
        var largest = 0u;
        for (var i = 0; i < genes.Length; i++)
        {
            largest = Math.Max(largest, wide[i]);
            genes[i] = typeof(T) == typeof(int) ? Unsafe.BitCast<int, T>((int)wide[i]) : Unsafe.BitCast<long, T>(wide[i]);
        }
        return largest;
    }

    private static uint ToInt32(ReadOnlySpan<ushort> stored, Span<int> genes)
    {
        var (largest, i) = (Vector256<ushort>.Zero, 0);
        for (; i <= stored.Length - Vector256<ushort>.Count; i += Vector256<ushort>.Count)
        {
            var block = Vector256.Create(stored[i..]);
            largest = Vector256.Max(largest, block);
            var (low, high) = Vector256.Widen(block);
            low.AsInt32().CopyTo(genes[i..]);
            high.AsInt32().CopyTo(genes[(i + Vector256<int>.Count)..]);
        }
        var most = Largest(largest);
        for (; i < stored.Length; i++)
        {
            most = Math.Max(most, stored[i]);
            genes[i] = stored[i];
        }
        return most;
    }

    private static uint ToInt64(ReadOnlySpan<ushort> stored, Span<long> genes)
    {
        var (largest, i) = (Vector256<ushort>.Zero, 0);
        for (; i <= stored.Length - Vector256<ushort>.Count; i += Vector256<ushort>.Count)
        {
            var block = Vector256.Create(stored[i..]);
            largest = Vector256.Max(largest, block);
            var (low, high) = Vector256.Widen(block);
            Put(low, genes[i..]);
            Put(high, genes[(i + Vector256<int>.Count)..]);
        }
        var most = Largest(largest);
        for (; i < stored.Length; i++)
        {
            most = Math.Max(most, stored[i]);
            genes[i] = stored[i];
        }
        return most;
    }

    private static void Put(Vector256<uint> block, Span<long> genes)
    {
        var (low, high) = Vector256.Widen(block);
        low.AsInt64().CopyTo(genes);
        high.AsInt64().CopyTo(genes[Vector256<long>.Count..]);
    }

    private static uint Largest(Vector256<ushort> block)
    {
        uint most = 0;
        for (var i = 0; i < Vector256<ushort>.Count; i++)
        {
            most = Math.Max(most, block[i]);
        }
        return most;
    }
}
