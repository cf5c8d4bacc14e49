using System.Buffers.Binary;
using System.Text;

namespace ScFm.Model.Files.Hdf5;

/// <summary>Takes a block of an HDF5 file apart, from its first byte to its last; asking for more than there is is an error.</summary>
internal ref struct Hdf5Cursor(ReadOnlySpan<byte> bytes, Hdf5Image image, string what)
{
    private readonly ReadOnlySpan<byte> bytes = bytes;

    /// <summary>How many bytes have been taken.</summary>
    internal int Position { get; private set; }

    /// <summary>How many bytes are left.</summary>
    internal readonly int Left => bytes.Length - Position;

    /// <summary>The next bytes.</summary>
    internal ReadOnlySpan<byte> Bytes(long count)
    {
        if (count < 0 || count > Left)
        {
            throw image.Damage($"{what} that ends after {bytes.Length} bytes; expected {count} more after byte {Position}");
        }
        var taken = bytes.Slice(Position, (int)count);
        Position += (int)count;
        return taken;
    }

    /// <summary>The next bytes, to be taken apart by themselves.</summary>
    internal Hdf5Cursor Part(long count, string name) => new(Bytes(count), image, name);

    internal void Skip(long count) => _ = Bytes(count);

    /// <summary>Skips to a multiple of eight bytes.</summary>
    internal void Align() => Skip(Math.Min(Left, -Position & 7));

    internal byte Byte() => Bytes(1)[0];

    internal int UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Bytes(2));

    internal uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Bytes(4));

    /// <summary>A whole number of 1 to 8 bytes; one that does not fit 63 bits is an error.</summary>
    internal long Number(int width)
    {
        var value = Unsigned(width);
        return value <= long.MaxValue ? (long)value : throw image.Damage($"{what} with the number {value}; expected one that a file can hold");
    }

    /// <summary>A length, of the width that the superblock names.</summary>
    internal long Length() => Number(image.LengthSize);

    /// <summary>An address, or <see cref="Hdf5Image.Nowhere"/>.</summary>
    internal long Address()
    {
        var (width, value) = (image.AddressSize, Unsigned(image.AddressSize));
        var all = width == 8 ? ulong.MaxValue : (1UL << (8 * width)) - 1;
        return value == all ? Hdf5Image.Nowhere : value <= long.MaxValue ? (long)value : throw image.Damage($"{what} with the address {value}; expected one inside the file");
    }

    /// <summary>A size that may be unlimited, given as -1.</summary>
    internal long SizeOrUnlimited()
    {
        var value = Unsigned(image.LengthSize);
        return value == (image.LengthSize == 8 ? ulong.MaxValue : (1UL << (8 * image.LengthSize)) - 1) || value > long.MaxValue ? -1 : (long)value;
    }

    /// <summary>Text of so many bytes, up to its first zero.</summary>
    internal string Text(long count)
    {
        var text = Bytes(count);
        return Encoding.UTF8.GetString(text.IndexOf((byte)0) is >= 0 and var end ? text[..end] : text);
    }

    /// <summary>Text up to a zero.</summary>
    internal string TextToZero()
    {
        var end = bytes[Position..].IndexOf((byte)0);
        var text = Text(end >= 0 ? end : Left);
        Skip(end >= 0 ? 1 : 0);
        return text;
    }

    /// <summary>Expects the four letters that a block begins with.</summary>
    internal void ExpectSignature(string letters)
    {
        var found = Encoding.Latin1.GetString(Bytes(4));
        if (found != letters)
        {
            throw image.Damage($"{what} that begins with '{new string([.. found.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '?')])}'; expected '{letters}'");
        }
    }

    /// <summary>Expects a byte that has one value only, such as a version.</summary>
    internal void ExpectByte(byte expected, string name)
    {
        if (Byte() is var found && found != expected)
        {
            throw image.Damage($"{what} of {name} {found}; expected {expected}");
        }
    }

    /// <summary>Expects the checksum of all that was taken so far.</summary>
    internal void ExpectChecksum()
    {
        var expected = Lookup3.Hash(bytes[..Position]);
        if (UInt32() != expected)
        {
            throw image.Damage($"{what} whose checksum is wrong");
        }
    }

    private ulong Unsigned(int width)
    {
        var value = 0UL;
        var taken = Bytes(width);
        for (var i = width - 1; i >= 0; i--)
        {
            value = value << 8 | taken[i];
        }
        return value;
    }
}
