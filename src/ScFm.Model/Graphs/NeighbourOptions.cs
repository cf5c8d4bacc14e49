namespace ScFm.Model.Graphs;

/// <summary>How each cell's nearest neighbours are found.</summary>
public sealed record NeighbourOptions
{
    /// <summary>Number of cells above which <see cref="NeighbourSearch.Automatic"/> searches by descent: about where that becomes the faster (4 s with 60,000 cells of 50 components on 2 cores).</summary>
    public const int ExactLimit = 40_000;

    /// <summary>Neighbours of each cell, the cell itself counted as in scanpy and umap-learn; at least 2, and cut to the number of cells. Default: 15.</summary>
    public int Count { get; init; } = 15;

    /// <summary>How far apart two cells are; by the cosine, a cell of zeros is at 0.5 from all others. Default: euclidean.</summary>
    public DistanceMetric Metric { get; init; } = DistanceMetric.Euclidean;

    /// <summary>How the search is done. Default: automatic.</summary>
    public NeighbourSearch Search { get; init; } = NeighbourSearch.Automatic;

    /// <summary>Seed of the search by descent; an exact search has no chance in it. Default: 0.</summary>
    public ulong Seed { get; init; }
}
