using System.ComponentModel.DataAnnotations;

namespace ScFm.Model.Tasks.GeneModules;

/// <summary>How modules of genes are found.</summary>
public sealed record GeneModuleOptions
{
    /// <summary>Neighbours of each gene, itself counted. Default: 15.</summary>
    [Range(2, 10_000)] public int Neighbours { get; init; } = 15;

    /// <summary>Leiden's resolution; higher gives more modules. Default: 1.</summary>
    [Range(0, 1_000)] public double Resolution { get; init; } = 1;

    /// <summary>Principal components that wider vectors are reduced to. Default: 50.</summary>
    [Range(1, 10_000)] public int Components { get; init; } = 50;

    /// <summary>Clusters of fewer genes are no modules. Default: 5.</summary>
    [Range(1, int.MaxValue)] public int LeastGenes { get; init; } = 5;

    /// <summary>Seed of clusters and layout. Default: 0.</summary>
    public int Seed { get; init; }
}
