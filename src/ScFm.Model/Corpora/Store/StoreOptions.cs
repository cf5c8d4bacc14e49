using System.ComponentModel.DataAnnotations;

namespace ScFm.Model.Corpora.Store;

/// <summary>How a corpus store is made.</summary>
public sealed record StoreOptions
{
    /// <summary>True to put the cells into a random order, every order being equally likely; false keeps theirs. Default: true.</summary>
    public bool Shuffle { get; init; } = true;

    /// <summary>What the random order is drawn from. Default: 0.</summary>
    public int Seed { get; init; }

    /// <summary>The type of the values. Default: for each cell the smallest that changes nothing.</summary>
    public StoredValues Values { get; init; } = StoredValues.Smallest;

    /// <summary>Cells in a file of the store, fewer where the genes are so many that a file could pass 4 GiB. Default: 16,384.</summary>
    [Range(1, 1 << 20)]
    public int CellsPerShard { get; init; } = 16_384;

    /// <summary>Memory for values on their way, in MiB; the source's own, the names and obs, and 20 bytes a cell come on top. Default: 256.</summary>
    [Range(1, 1 << 20)]
    public int Memory { get; init; } = 256;
}
