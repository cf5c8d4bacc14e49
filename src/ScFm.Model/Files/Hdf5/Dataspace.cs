namespace ScFm.Model.Files.Hdf5;

/// <summary>The shape of a dataset or an attribute.</summary>
/// <param name="Shape">The size along each dimension; empty for one value.</param>
/// <param name="Largest">How far each dimension may grow, -1 without limit.</param>
/// <param name="Count">Number of elements.</param>
internal sealed record Dataspace(long[] Shape, long[] Largest, long Count)
{
    private const int MostDimensions = 32;
    private const int Null = 2;

    internal static Dataspace Parse(Hdf5Image image, Hdf5Cursor cursor)
    {
        var (version, rank, flags, type) = (cursor.Byte(), cursor.Byte(), cursor.Byte(), cursor.Byte());
        if (version is not (1 or 2) || rank > MostDimensions)
        {
            throw image.Damage($"a shape of version {version} with {rank} dimensions; expected version 1 or 2 and at most {MostDimensions}");
        }
        cursor.Skip(version == 1 ? 4 : 0);
        var (shape, largest, count) = (new long[rank], new long[rank], 1L);
        for (var i = 0; i < rank; i++)
        {
            shape[i] = cursor.Length();
            var product = (Int128)count * shape[i];
            count = product <= long.MaxValue / 64 ? (long)product : throw image.Damage($"a shape of more than {count} times {shape[i]} elements; expected as many as a file can hold");
        }
        for (var i = 0; i < rank; i++)
        {
            largest[i] = (flags & 1) != 0 ? cursor.SizeOrUnlimited() : shape[i];
        }
        return new Dataspace(shape, largest, version == 2 && type == Null ? 0 : count);
    }
}
