using System.Numerics;
using System.Runtime.InteropServices;

namespace ScFm.Model.Files.Hdf5;

/// <summary>Turns numbers as they lie in a file into numbers of .NET; what does not fit becomes the nearest that does.</summary>
internal static class NumberConversion
{
    /// <summary>Converts all elements.</summary>
    /// <param name="bytes">The elements; their byte order is turned in place where the machine has the other.</param>
    /// <param name="type">What they are: whole or real numbers, or an enumeration.</param>
    /// <param name="numbers">Gets one number an element.</param>
    internal static void Convert<T>(Span<byte> bytes, Datatype type, Span<T> numbers) where T : unmanaged, INumber<T>
    {
        if (type.IsBigEndian == BitConverter.IsLittleEndian && type.Size > 1)
        {
            for (var i = 0; i < bytes.Length; i += type.Size)
            {
                bytes.Slice(i, type.Size).Reverse();
            }
        }
        switch (type.Class, type.Size, type.IsSigned)
        {
            case (Hdf5Class.Float, 2, _): From<Half, T>(bytes, numbers); break;
            case (Hdf5Class.Float, 4, _): From<float, T>(bytes, numbers); break;
            case (Hdf5Class.Float, 8, _): From<double, T>(bytes, numbers); break;
            case (_, 1, true): From<sbyte, T>(bytes, numbers); break;
            case (_, 2, true): From<short, T>(bytes, numbers); break;
            case (_, 4, true): From<int, T>(bytes, numbers); break;
            case (_, 8, true): From<long, T>(bytes, numbers); break;
            case (_, 1, false): From<byte, T>(bytes, numbers); break;
            case (_, 2, false): From<ushort, T>(bytes, numbers); break;
            case (_, 4, false): From<uint, T>(bytes, numbers); break;
            case (_, 8, false): From<ulong, T>(bytes, numbers); break;
            default: throw new NotSupportedException($"Elements of {type.Size} bytes are no numbers.");
        }
    }

    private static void From<TStored, T>(ReadOnlySpan<byte> bytes, Span<T> numbers) where TStored : unmanaged, INumber<TStored> where T : unmanaged, INumber<T>
    {
        var stored = MemoryMarshal.Cast<byte, TStored>(bytes);
        if (typeof(TStored) == typeof(T))
        {
            MemoryMarshal.Cast<TStored, T>(stored).CopyTo(numbers);
            return;
        }
        for (var i = 0; i < stored.Length; i++)
        {
            numbers[i] = T.CreateSaturating(stored[i]);
        }
    }
}
