namespace TorchSharp;

/// <summary>A 16-bit number with the exponent of float32 and 8 bits of precision.</summary>
public readonly struct BFloat16 : IEquatable<BFloat16>
{
    private readonly ushort bits;

    private BFloat16(ushort raw) => bits = raw;

    /// <summary>The nearest number to a float32, ties to even.</summary>
    public BFloat16(float value)
    {
        var wide = BitConverter.SingleToUInt32Bits(value);
        bits = (ushort)(float.IsNaN(value) ? (wide >> 16) | 0x40 : (wide + 0x7FFF + ((wide >> 16) & 1)) >> 16);
    }

    /// <summary>The number of those bits.</summary>
    public static BFloat16 FromRawValue(ushort value) => new(value);

    /// <summary>The nearest number to a float32, ties to even.</summary>
    public static explicit operator BFloat16(float f) => new(f);

    /// <summary>The same number as a float32.</summary>
    public static explicit operator float(BFloat16 bf) => BitConverter.UInt32BitsToSingle((uint)bf.bits << 16);

    /// <inheritdoc/>
    public bool Equals(BFloat16 other) => (float)this == (float)other;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is BFloat16 other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => bits.GetHashCode();

    /// <inheritdoc/>
    public override string ToString() => ((float)this).ToString(System.Globalization.CultureInfo.InvariantCulture);
}
