namespace ScFm.Model.Files.Hdf5;

/// <summary>Numbers the chunks of a dataset row after row.</summary>
internal sealed class ChunkGrid
{
    private readonly Hdf5Image image;
    private readonly Dataspace space;
    private readonly long[] counts;

    internal ChunkGrid(Hdf5Image image, Dataspace space, long[] chunk, string where)
    {
        if (chunk.Length != space.Shape.Length)
        {
            throw image.Damage($"{chunk.Length} dimensions of chunks for {where}; expected {space.Shape.Length}");
        }
        (this.image, this.space, Chunk) = (image, space, chunk);
        counts = [.. space.Shape.Select((size, i) => Parts(size, i))];
    }

    /// <summary>The shape of a chunk.</summary>
    internal long[] Chunk { get; }

    /// <summary>A chunk's number from the place of its first element; -1 where it lies outside the data.</summary>
    internal long NumberAt(ReadOnlySpan<long> first)
    {
        var number = 0L;
        for (var i = 0; i < counts.Length; i++)
        {
            if (first[i] < 0 || first[i] % Chunk[i] != 0)
            {
                throw image.Damage($"a chunk at {first[i]}; expected a multiple of {Chunk[i]}");
            }
            var part = first[i] / Chunk[i];
            if (part >= counts[i])
            {
                return -1;
            }
            number = number * counts[i] + part;
        }
        return number;
    }

    /// <summary>A chunk's number from its place in an array of chunks, which is laid out for the largest shape and along a growing dimension last.</summary>
    internal long NumberInArray(long index, bool grows)
    {
        var rank = counts.Length;
        var growing = grows ? Math.Max(0, Array.IndexOf(space.Largest, -1)) : 0;
        var parts = new long[rank];
        // The growing dimension varies slowest: it comes first, the others keep their order.
        int[] order = [growing, .. Enumerable.Range(0, rank).Where(i => i != growing)];
        for (var at = rank - 1; at > 0; at--)
        {
            var i = order[at];
            var most = Math.Max(1, space.Largest[i] < 0 ? counts[i] : Parts(space.Largest[i], i));
            (index, parts[i]) = (index / most, index % most);
        }
        parts[growing] = index;
        var number = 0L;
        for (var i = 0; i < rank; i++)
        {
            if (parts[i] >= counts[i])
            {
                return -1;
            }
            number = number * counts[i] + parts[i];
        }
        return number;
    }

    /// <summary>The number of the chunk with these coordinates, counted in chunks.</summary>
    internal long Number(long row, long column) => counts.Length > 1 ? row * counts[1] + column : row;

    private long Parts(long size, int dimension) => size / Chunk[dimension] + (size % Chunk[dimension] > 0 ? 1 : 0);
}
