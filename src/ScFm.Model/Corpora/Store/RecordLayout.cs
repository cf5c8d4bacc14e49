using System.Buffers.Binary;

namespace ScFm.Model.Corpora.Store;

/// <summary>How the bytes of one cell lie in a shard: its gene indices, its values, and a checksum of both.</summary>
/// <remarks>
/// All that belongs to a cell lies together, so that a cell drawn at random is one read of some pages. The checksum begins from the cell's
/// place, so that records which changed places are found too.
/// </remarks>
/// <param name="geneCount">Genes of the store; up to 65,536 an index takes two bytes, else four.</param>
internal readonly struct RecordLayout(int geneCount)
{
    private const int ChecksumBytes = sizeof(uint);

    /// <summary>Bytes of a gene's index.</summary>
    public int GeneBytes => geneCount <= ushort.MaxValue + 1 ? sizeof(ushort) : sizeof(uint);

    /// <summary>Bytes of the largest cell.</summary>
    public long MostBytes => (long)geneCount * (GeneBytes + sizeof(float)) + ChecksumBytes;

    /// <summary>Bytes of a cell.</summary>
    public int Bytes(int values, StoredValues type) => checked(values * (GeneBytes + ValueNarrowing.Bytes(type)) + ChecksumBytes);

    /// <summary>Stored values of a cell of so many bytes; -1 where none has that length.</summary>
    public int Values(long bytes, StoredValues type)
    {
        var (values, rest) = Math.DivRem(bytes - ChecksumBytes, GeneBytes + ValueNarrowing.Bytes(type));
        return bytes >= ChecksumBytes && rest == 0 && values <= geneCount ? (int)values : -1;
    }

    /// <summary>Writes a cell.</summary>
    /// <param name="cell">Its place in the store.</param>
    /// <param name="genes">Its gene indices.</param>
    /// <param name="values">Its values, which the type holds.</param>
    /// <param name="type">The type of the values.</param>
    /// <param name="record">Room for <see cref="Bytes"/>.</param>
    public void Encode(int cell, ReadOnlySpan<int> genes, ReadOnlySpan<float> values, StoredValues type, Span<byte> record)
    {
        var narrow = GeneBytes == sizeof(ushort);
        for (var i = 0; i < genes.Length; i++)
        {
            if (narrow)
            {
                BinaryPrimitives.WriteUInt16LittleEndian(record[(i * sizeof(ushort))..], (ushort)genes[i]);
            }
            else
            {
                BinaryPrimitives.WriteInt32LittleEndian(record[(i * sizeof(int))..], genes[i]);
            }
        }
        ValueNarrowing.Store(values, type, record[(genes.Length * GeneBytes)..^ChecksumBytes]);
        BinaryPrimitives.WriteUInt32LittleEndian(record[^ChecksumBytes..], Checksum.Of(record[..^ChecksumBytes], (uint)cell));
    }

    /// <summary>Reads a cell.</summary>
    /// <typeparam name="T">The type of the gene indices: int or long.</typeparam>
    /// <param name="cell">Its place in the store.</param>
    /// <param name="record">Its bytes.</param>
    /// <param name="type">The type of the values.</param>
    /// <param name="genes">Room for the gene indices, one for each of <see cref="Values"/>.</param>
    /// <param name="values">Room for the values, as many.</param>
    /// <param name="fault">What is wrong with the record: found and expected; null where nothing is.</param>
    /// <returns>False where the record is damaged.</returns>
    public bool TryDecode<T>(int cell, ReadOnlySpan<byte> record, StoredValues type, Span<T> genes, Span<float> values, out string? fault) where T : unmanaged
    {
        var (found, expected) = (Checksum.Of(record[..^ChecksumBytes], (uint)cell), BinaryPrimitives.ReadUInt32LittleEndian(record[^ChecksumBytes..]));
        if (found != expected)
        {
            fault = $"has the checksum {Checksum.Text(found)}; expected {Checksum.Text(expected)}";
            return false;
        }
        var largest = GeneWidening.Widen(record[..(genes.Length * GeneBytes)], genes);
        ValueWidening.Widen(record[(genes.Length * GeneBytes)..^ChecksumBytes], type, values);
        // Models look genes up by these numbers, so none may lie outside, whoever wrote the checksum.
        fault = largest >= geneCount && genes.Length > 0 ? $"has a value of gene {largest}; expected 0 to {geneCount - 1}" : null;
        return fault is null;
    }
}
