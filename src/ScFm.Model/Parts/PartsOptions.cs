using System.ComponentModel.DataAnnotations;

namespace ScFm.Model.Parts;

/// <summary>How work on many cells is parted, and what the file holds in the end.</summary>
public sealed record PartsOptions
{
    /// <summary>The number of this process among those that work together, from 0: it begins with other parts than they do. Default: 0.</summary>
    public int Rank { get; init; }

    /// <summary>The number of processes that work together. Default: 1.</summary>
    [Range(1, 65_536)] public int Ranks { get; init; } = 1;

    /// <summary>Cells of a part, the same for all who work on it. Default: a sixty-fourth of the cells, but 64 at least and 4,096 at most, and fewer where their rows would be more than 64 MB.</summary>
    [Range(1, 1 << 20)] public int? PartSize { get; init; }

    /// <summary>Which cells of the source, in order. Default: all.</summary>
    public IReadOnlyList<int>? Cells { get; init; }

    /// <summary>Where the rows stand in the file. Default: obsm for vectors, X for expression.</summary>
    public ResultPlace? Place { get; init; }

    /// <summary>The name of the rows in obsm or among the layers. Default: X_scfm for vectors, scfm for expression.</summary>
    public string? Name { get; init; }

    /// <summary>Packs the file with gzip, which takes several times as long as writing it plain. Default: false.</summary>
    public bool Compress { get; init; }
}
