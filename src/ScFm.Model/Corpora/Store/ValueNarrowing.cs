using System.Runtime.InteropServices;

namespace ScFm.Model.Corpora.Store;

/// <summary>Chooses the type that values are stored in, and stores them.</summary>
internal static class ValueNarrowing
{
    /// <summary>Bytes of one value.</summary>
    public static int Bytes(StoredValues type) => type switch
    {
        StoredValues.UInt8 => 1,
        StoredValues.UInt16 or StoredValues.Float16 => 2,
        _ => 4,
    };

    /// <summary>The smallest type that changes none of the values, whole numbers before real ones of the same size.</summary>
    public static StoredValues Smallest(ReadOnlySpan<float> values)
    {
        var (type, i) = (StoredValues.UInt8, 0);
        while (i < values.Length && type < StoredValues.UInt32)
        {
            if (Fits(values[i], type))
            {
                i++;
            }
            else
            {
                type++;
            }
        }
        if (i == values.Length)
        {
            return type;
        }
        // Half precision has holes where whole numbers have none, so it is tried on all values, and before whole numbers of twice its size.
        return FirstLost(values, StoredValues.Float16) < 0 ? StoredValues.Float16
            : FirstLost(values, StoredValues.UInt32) < 0 ? StoredValues.UInt32 : StoredValues.Float32;
    }

    /// <summary>The place of the first value that the type would change, or -1.</summary>
    public static int FirstLost(ReadOnlySpan<float> values, StoredValues type)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (!Fits(values[i], type))
            {
                return i;
            }
        }
        return -1;
    }

    /// <summary>Stores values in a type that holds them.</summary>
    public static void Store(ReadOnlySpan<float> values, StoredValues type, Span<byte> stored)
    {
        switch (type)
        {
            case StoredValues.UInt8:
                Convert<byte>(values, stored, value => (byte)value);
                break;
            case StoredValues.UInt16:
                Convert<ushort>(values, stored, value => (ushort)value);
                break;
            case StoredValues.UInt32:
                Convert<uint>(values, stored, value => (uint)value);
                break;
            case StoredValues.Float16:
                Convert<Half>(values, stored, value => (Half)value);
                break;
            default:
                MemoryMarshal.AsBytes(values).CopyTo(stored);
                break;
        }
    }

    // Bits are compared, not numbers: a negative zero and the payload of a NaN are kept too.
    private static bool Fits(float value, StoredValues type) => BitConverter.SingleToUInt32Bits(value) == BitConverter.SingleToUInt32Bits(type switch
    {
        StoredValues.UInt8 => (byte)value,
        StoredValues.UInt16 => (ushort)value,
        StoredValues.UInt32 => (uint)value,
        StoredValues.Float16 => (float)(Half)value,
        _ => value,
    });

    private static void Convert<T>(ReadOnlySpan<float> values, Span<byte> stored, Func<float, T> convert) where T : unmanaged
    {
        var target = MemoryMarshal.Cast<byte, T>(stored);
        for (var i = 0; i < values.Length; i++)
        {
            target[i] = convert(values[i]);
        }
    }
}
