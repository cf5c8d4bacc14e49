namespace TorchSharp;

/// <summary>A 16-bit number with the exponent of float32 and 8 bits of precision.</summary>
/// <param name="raw">The bits.</param>
public readonly struct BFloat16(ushort raw) : IEquatable<BFloat16>
{
    private readonly ushort bits = raw;

    /// <summary>The nearest number to a float32, ties to even.</summary>
    public static explicit operator BFloat16(float f)
    {
        var wide = BitConverter.SingleToUInt32Bits(f);
        if (float.IsNaN(f)) return new((ushort)((wide >> 16) | 0x40));
        return new((ushort)((wide + 0x7FFF + ((wide >> 16) & 1)) >> 16));
    }

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
