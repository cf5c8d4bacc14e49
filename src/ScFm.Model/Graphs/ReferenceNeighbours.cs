using ScFm.Model.Cells;

namespace ScFm.Model.Graphs;

/// <summary>The cells of a reference that are nearest to each of some other cells. Every pair is compared: exact, and linear in both numbers.</summary>
/// <remarks>The result is the same for any number of threads; of equally near cells the one with the lower index comes first.</remarks>
public sealed class ReferenceNeighbours
{
    private readonly int[] indices;
    private readonly float[] distances;

    private ReferenceNeighbours(int count, int[] indices, float[] distances) => (Count, this.indices, this.distances) = (count, indices, distances);

    /// <summary>Neighbours of each cell.</summary>
    public int Count { get; }

    /// <summary>A cell's neighbours, as rows of the reference, nearest first.</summary>
    public ReadOnlySpan<int> Of(int cell) => indices.AsSpan(cell * Count, Count);

    /// <summary>Their distances, ascending.</summary>
    public ReadOnlySpan<float> DistancesOf(int cell) => distances.AsSpan(cell * Count, Count);

    /// <summary>How much each of a cell's neighbours counts: 1 over its distance, and where some are at distance 0 these alone, all alike (Dudani 1976); the weights sum to 1.</summary>
    public double[] WeightsOf(int cell)
    {
        var own = DistancesOf(cell);
        var isHit = own[0] == 0; // ascending
        var weights = new double[own.Length];
        for (var i = 0; i < weights.Length; i++)
        {
            weights[i] = isHit ? (own[i] == 0 ? 1 : 0) : 1.0 / own[i];
        }
        var sum = weights.Sum();
        return Array.ConvertAll(weights, weight => weight / sum);
    }

    /// <summary>Finds the nearest cells of a reference.</summary>
    /// <param name="reference">The reference, [cells, features].</param>
    /// <param name="cells">The cells, [cells, features]; where it is the reference itself, a cell is not its own neighbour.</param>
    /// <param name="count">Neighbours of each cell, 1 or more; cut to as many as there are.</param>
    /// <param name="metric">How far apart two cells are. Default: euclidean.</param>
    /// <param name="cancel">Stops the search.</param>
    /// <exception cref="ArgumentException">The reference has no cell to be found, the numbers of features differ, or a value is not finite.</exception>
    public static ReferenceNeighbours Find(DenseMatrix reference, DenseMatrix cells, int count, DistanceMetric metric = DistanceMetric.Euclidean, CancellationToken cancel = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var isItself = ReferenceEquals(reference, cells);
        var most = reference.Rows - (isItself ? 1 : 0);
        if (most < 1 || reference.Columns != cells.Columns)
        {
            throw new ArgumentException($"The reference has {reference.Rows} cells of {reference.Columns} features, for cells of {cells.Columns}; expected as many features, and a cell to be found.");
        }
        Neighbours.RequireFinite(reference);
        Neighbours.RequireFinite(cells);
        var cosine = metric == DistanceMetric.Cosine;
        var points = cosine ? Neighbours.UnitRows(reference) : reference;
        var queries = isItself ? points : cosine ? Neighbours.UnitRows(cells) : cells;
        var lists = ExactSearch.Find(points, queries, Math.Min(count, most), cancel);
        var (indices, distances) = (new int[lists.Rows * lists.Capacity], new float[lists.Rows * lists.Capacity]);
        for (var cell = 0; cell < lists.Rows; cell++)
        {
            lists.Indices(cell).CopyTo(indices.AsSpan(cell * lists.Capacity));
            for (var i = 0; i < lists.Capacity; i++)
            {
                var squared = lists.Squared(cell)[i];
                distances[cell * lists.Capacity + i] = cosine ? squared / 2 : MathF.Sqrt(squared);
            }
        }
        return new ReferenceNeighbours(lists.Capacity, indices, distances);
    }
}
