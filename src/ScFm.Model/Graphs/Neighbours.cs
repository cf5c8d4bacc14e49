using ScFm.Model.Cells;

namespace ScFm.Model.Graphs;

/// <summary>The nearest neighbours of every cell, the cell itself first at distance 0.</summary>
/// <remarks>The result is the same for any number of threads; of equally near cells the one with the lower index comes first.</remarks>
public sealed class Neighbours
{
    internal Neighbours(int cells, int count, int[] indices, float[] distances) =>
        (CellCount, Count, Indices, Distances) = (cells, count, indices, distances);

    /// <summary>Number of cells.</summary>
    public int CellCount { get; }

    /// <summary>Neighbours of each cell, itself included.</summary>
    public int Count { get; }

    /// <summary>The neighbours' indices, [cells, count] row after row, nearest first; column 0 is the cell itself.</summary>
    public int[] Indices { get; }

    /// <summary>The neighbours' distances, [cells, count] row after row, ascending; column 0 is 0.</summary>
    public float[] Distances { get; }

    /// <summary>The neighbours of one cell, nearest first, itself included.</summary>
    public ReadOnlySpan<int> Of(int cell) => Indices.AsSpan(cell * Count, Count);

    /// <summary>The distances of one cell's neighbours.</summary>
    public ReadOnlySpan<float> DistancesOf(int cell) => Distances.AsSpan(cell * Count, Count);

    /// <summary>Finds each cell's nearest neighbours in a representation, [cells, features].</summary>
    /// <exception cref="ArgumentException">There are fewer than two cells, or a value is not finite.</exception>
    public static Neighbours Find(DenseMatrix representation, NeighbourOptions? options = null, CancellationToken cancel = default)
    {
        options ??= new();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Count, 2, nameof(options.Count));
        if (representation.Rows < 2)
        {
            throw new ArgumentException($"Neighbours were asked of {representation.Rows} cells; at least 2 are needed.");
        }
        RequireFinite(representation);
        var cosine = options.Metric == DistanceMetric.Cosine;
        var points = cosine ? UnitRows(representation) : representation;
        var others = Math.Min(options.Count, points.Rows) - 1;
        var exact = options.Search == NeighbourSearch.Exact
            || (options.Search == NeighbourSearch.Automatic && points.Rows <= NeighbourOptions.ExactLimit);
        var lists = exact ? ExactSearch.Find(points, others, cancel) : NeighbourDescent.Find(points, others, options.Seed, cancel);
        // Between unit vectors the squared distance is twice the cosine distance.
        return Finish(lists, cosine ? d => d / 2 : MathF.Sqrt);
    }

    private static Neighbours Finish(NearestLists lists, Func<float, float> distance)
    {
        var count = lists.Capacity + 1;
        var indices = new int[lists.Rows * count];
        var distances = new float[indices.Length];
        for (var cell = 0; cell < lists.Rows; cell++)
        {
            indices[cell * count] = cell;
            for (var i = 0; i < lists.Capacity; i++)
            {
                indices[cell * count + 1 + i] = lists.Indices(cell)[i];
                distances[cell * count + 1 + i] = distance(lists.Squared(cell)[i]);
            }
        }
        return new Neighbours(lists.Rows, count, indices, distances);
    }

    /// <exception cref="ArgumentException">A value is not finite.</exception>
    internal static void RequireFinite(DenseMatrix representation)
    {
        if (representation.FirstNotFinite() is var (cell, column))
        {
            throw new ArgumentException(
                $"Cell {cell} has the value {representation[cell, column]} in column {column} of the representation; neighbours need finite values.");
        }
    }

    /// <summary>The rows brought to length 1; between these the squared distance is twice the cosine distance.</summary>
    internal static DenseMatrix UnitRows(DenseMatrix matrix)
    {
        var unit = new DenseMatrix(matrix.Rows, matrix.Columns);
        for (var row = 0; row < matrix.Rows; row++)
        {
            var norm = 0.0;
            foreach (var value in matrix.Row(row))
            {
                norm += (double)value * value;
            }
            var factor = norm > 0 ? 1 / Math.Sqrt(norm) : 0;
            for (var column = 0; column < matrix.Columns; column++)
            {
                unit[row, column] = (float)(matrix[row, column] * factor);
            }
        }
        return unit;
    }
}
