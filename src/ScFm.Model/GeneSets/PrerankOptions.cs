using System.ComponentModel.DataAnnotations;

namespace ScFm.Model.GeneSets;

/// <summary>How gene sets are looked for in a ranking; the defaults are those of the GSEA program.</summary>
public sealed record PrerankOptions
{
    /// <summary>The power of a gene's score that its step is proportional to; 0 makes all steps equal. Default: 1.</summary>
    [Range(0, 10)] public double Weight { get; init; } = 1;

    /// <summary>Sets with fewer ranked genes are left out. Default: 15.</summary>
    [Range(1, int.MaxValue)] public int MinSize { get; init; } = 15;

    /// <summary>Sets with more ranked genes are left out. Default: 500.</summary>
    [Range(1, int.MaxValue)] public int MaxSize { get; init; } = 500;

    /// <summary>How many random sets each set is compared with. Default: 1,000.</summary>
    [Range(1, 10_000_000)] public int Permutations { get; init; } = 1000;

    /// <summary>Seed of the random sets. Default: 0.</summary>
    public int Seed { get; init; }
}
