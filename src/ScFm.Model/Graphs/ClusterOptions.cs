namespace ScFm.Model.Graphs;

/// <summary>How cells are mapped: neighbours, clusters and layout in one go.</summary>
public sealed record ClusterOptions
{
    /// <summary>Neighbours of each cell, itself counted; at least 2. Default: 15.</summary>
    public int Neighbours { get; init; } = 15;

    /// <summary>How far apart two cells are. Default: euclidean.</summary>
    public DistanceMetric Metric { get; init; } = DistanceMetric.Euclidean;

    /// <summary>Principal components that a wider representation is reduced to first, at least 1; null: it is used as it is. Default: 50.</summary>
    public int? Components { get; init; } = 50;

    /// <summary>Leiden's resolution, at least 0; higher gives more clusters. Default: 1.</summary>
    public double Resolution { get; init; } = 1;

    /// <summary>Number of clusters to seek by varying the resolution, at least 1; null: the resolution decides. Default: null.</summary>
    public int? Clusters { get; init; }

    /// <summary>How near two cells may lie in the layout, in [0, 1]. Default: 0.5.</summary>
    public double MinDistance { get; init; } = 0.5;

    /// <summary>Seed of all steps. Default: 0.</summary>
    public ulong Seed { get; init; }
}
