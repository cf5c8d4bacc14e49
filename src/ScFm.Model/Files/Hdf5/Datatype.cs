namespace ScFm.Model.Files.Hdf5;

/// <summary>What the elements of a dataset or an attribute are.</summary>
/// <param name="Class">Their class.</param>
/// <param name="Size">Bytes of an element.</param>
/// <param name="IsBigEndian">True where the highest byte of a number comes first.</param>
/// <param name="IsSigned">True for whole numbers that may be negative.</param>
/// <param name="IsVariable">True for text in the global heap, of any length.</param>
/// <param name="IsSpacePadded">True for text of fixed length that ends in spaces.</param>
internal sealed record Datatype(Hdf5Class Class, int Size, bool IsBigEndian = false, bool IsSigned = false, bool IsVariable = false, bool IsSpacePadded = false)
{
    private const int Variable = 9;
    private const int MostNesting = 8;

    internal bool IsNumber => Class is Hdf5Class.Integer or Hdf5Class.Float or Hdf5Class.Enum;

    internal static Datatype Parse(Hdf5Image image, Hdf5Cursor cursor) => Parse(image, ref cursor, 0);

    private static Datatype Parse(Hdf5Image image, ref Hdf5Cursor cursor, int depth)
    {
        var first = cursor.Byte();
        var (version, kind, bits) = (first >> 4, first & 15, (int)cursor.Number(3));
        var size = cursor.UInt32();
        if (version is < 1 or > 4 || size is 0 or > int.MaxValue || depth > MostNesting)
        {
            throw image.Damage($"a type of version {version} and {size} bytes; expected version 1 to 4 and at least a byte");
        }
        switch ((Hdf5Class)kind)
        {
            case Hdf5Class.Integer:
                var (offset, precision) = (cursor.UInt16(), cursor.UInt16());
                return size is 1 or 2 or 4 or 8 && offset == 0 && precision == 8 * size
                    ? new Datatype(Hdf5Class.Integer, (int)size, (bits & 1) != 0, (bits & 8) != 0)
                    : throw image.Damage($"whole numbers of {precision} bits in {size} bytes; expected 8, 16, 32 or 64 bits");
            case Hdf5Class.Float:
                ExpectIeee(image, ref cursor, size, bits);
                return new Datatype(Hdf5Class.Float, (int)size, (bits & 1) != 0, IsSigned: true);
            case Hdf5Class.Text:
                return new Datatype(Hdf5Class.Text, (int)size, IsSpacePadded: (bits & 15) == 2);
            case Hdf5Class.Enum:
                return Parse(image, ref cursor, depth + 1) is { Class: Hdf5Class.Integer } values && values.Size == size
                    ? values with { Class = Hdf5Class.Enum }
                    : throw image.Damage("an enumeration of other values than whole numbers");
            case (Hdf5Class)Variable when (bits & 15) == 1:
                return size == 8 + image.AddressSize
                    ? new Datatype(Hdf5Class.Text, (int)size, IsVariable: true)
                    : throw image.Damage($"text whose elements have {size} bytes; expected {8 + image.AddressSize}");
            default:
                return new Datatype((Hdf5Class)kind, (int)size);
        }
    }

    // Half, single and double of IEEE 754: sign, exponent and mantissa in their places.
    private static void ExpectIeee(Hdf5Image image, ref Hdf5Cursor cursor, uint size, int bits)
    {
        var (offset, precision) = (cursor.UInt16(), cursor.UInt16());
        var (exponentAt, exponentSize, mantissaAt, mantissaSize, bias) = (cursor.Byte(), cursor.Byte(), cursor.Byte(), cursor.Byte(), cursor.UInt32());
        var expected = size switch { 2 => (10, 5, 10, 15u), 4 => (23, 8, 23, 127u), 8 => (52, 11, 52, 1023u), _ => default };
        if (offset != 0 || precision != 8 * size || mantissaAt != 0 || (bits & 0x40) != 0 || (exponentAt, exponentSize, mantissaSize, bias) != expected)
        {
            throw image.Damage($"real numbers of {precision} bits in {size} bytes; expected half, single or double precision of IEEE 754");
        }
    }
}
