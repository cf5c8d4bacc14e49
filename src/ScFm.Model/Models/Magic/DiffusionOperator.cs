using ScFm.Model.Cells;
using ScFm.Model.Graphs;

namespace ScFm.Model.Models.Magic;

/// <summary>The chance of stepping from one cell to another: a sparse Markov matrix over similar cells.</summary>
/// <remarks>
/// van Dijk et al. 2018: affinities exp(-(d / s)^decay) with s the distance of a cell's own ka-th neighbour, so that sparse regions reach as far as
/// they must; A + A' is symmetric, and its rows are divided by their sums.
/// </remarks>
public sealed class DiffusionOperator
{
    private DiffusionOperator(CsrMatrix matrix) => Matrix = matrix;

    /// <summary>The Markov matrix, [cells, cells]; every row sums to 1.</summary>
    public CsrMatrix Matrix { get; }

    /// <summary>Makes the operator.</summary>
    /// <param name="neighbours">Each cell's neighbours, itself included.</param>
    /// <param name="bandwidthNeighbour">Which neighbour's distance is the bandwidth, the cell itself not counted.</param>
    /// <param name="decay">The power of distance over bandwidth; 2 is a Gaussian. Default: 2.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such neighbour.</exception>
    public static DiffusionOperator From(Neighbours neighbours, int bandwidthNeighbour, double decay = 2)
    {
        if (bandwidthNeighbour < 1 || bandwidthNeighbour >= neighbours.Count)
        {
            throw new ArgumentOutOfRangeException(
                nameof(bandwidthNeighbour), $"The bandwidth's neighbour is number {bandwidthNeighbour}; expected 1 to {neighbours.Count - 1}, the neighbours that were found.");
        }
        // Both directions stand beside each other; equal places are summed when the matrix is made.
        var directed = neighbours.Indices.Length;
        var (rows, columns, values) = (new int[2 * directed], new int[2 * directed], new float[2 * directed]);
        Parallel.For(0, neighbours.CellCount, cell =>
        {
            var distances = neighbours.DistancesOf(cell);
            var bandwidth = distances[bandwidthNeighbour];
            for (var i = 0; i < distances.Length; i++)
            {
                var (place, other) = (cell * neighbours.Count + i, neighbours.Of(cell)[i]);
                (rows[place], columns[place]) = (cell, other);
                (rows[directed + place], columns[directed + place]) = (other, cell);
                values[place] = values[directed + place] = Affinity(distances[i], bandwidth, decay);
            }
        });
        var affinities = CsrMatrix.FromCoordinates(neighbours.CellCount, neighbours.CellCount, rows, columns, values);
        var sums = affinities.RowSums();
        return new DiffusionOperator(affinities.MapRows((row, own) =>
        {
            foreach (ref var value in own)
            {
                value = (float)(value / sums[row]);
            }
        }));
    }

    /// <summary>Lets values spread among cells: the operator's power times the values, without ever making that power.</summary>
    /// <param name="values">[cells, features]; left as they are.</param>
    /// <param name="steps">How often, 0 or more.</param>
    /// <param name="stepDone">Told how many steps are done. Default: nobody.</param>
    /// <param name="cancellation">Stops between two cells.</param>
    /// <returns>[cells, features].</returns>
    public DenseMatrix Apply(DenseMatrix values, int steps, Action<int>? stepDone = null, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(steps);
        if (values.Rows != Matrix.Rows)
        {
            throw new ArgumentException($"There are values of {values.Rows} cells; expected {Matrix.Rows}, the cells of the operator.", nameof(values));
        }
        var (from, to) = (new DenseMatrix(values.Rows, values.Columns, [.. values.Values]), new DenseMatrix(values.Rows, values.Columns));
        for (var step = 0; step < steps; step++)
        {
            Parallel.For(0, Matrix.Rows, new ParallelOptions { CancellationToken = cancellation }, cell =>
            {
                var row = to.Row(cell);
                row.Clear();
                var others = Matrix.RowIndices(cell);
                var shares = Matrix.RowValues(cell);
                for (var i = 0; i < others.Length; i++)
                {
                    LinearSpace.Add(shares[i], from.Row(others[i]), row);
                }
            });
            (from, to) = (to, from);
            stepDone?.Invoke(step + 1);
        }
        return from;
    }

    private static float Affinity(float distance, float bandwidth, double decay)
    {
        if (bandwidth > 0)
        {
            return (float)Math.Exp(-Math.Pow(distance / bandwidth, decay));
        }
        // More cells than ka coincide with this one: it shares with these alone.
        return distance == 0 ? 1 : 0;
    }
}
