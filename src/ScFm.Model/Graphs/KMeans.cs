using ScFm.Model.Cells;

namespace ScFm.Model.Graphs;

/// <summary>Parts points so that each is near the mean of its part.</summary>
/// <remarks>Lloyd's iteration from starts that lie apart (Arthur and Vassilvitskii, "k-means++", SODA 2007); the best of several starts is kept.</remarks>
public static class KMeans
{
    private const int Starts = 10;
    private const int MostRounds = 100;

    /// <summary>Parts the points.</summary>
    /// <param name="points">[points, features].</param>
    /// <param name="count">Number of parts, 1 to the number of points; fewer are used where points coincide.</param>
    /// <param name="seed">Seed of the starts. Default: 0.</param>
    /// <param name="cancel">Stops between two rounds.</param>
    /// <returns>Each point's part, counted from 0.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are not as many points as parts.</exception>
    public static int[] Cluster(DenseMatrix points, int count, ulong seed = 0, CancellationToken cancel = default)
    {
        if (count < 1 || count > points.Rows)
        {
            throw new ArgumentOutOfRangeException(nameof(count), $"{count} parts were asked of {points.Rows} points; expected 1 to as many as there are points.");
        }
        var (best, least) = (Array.Empty<int>(), double.PositiveInfinity);
        for (var start = 0; start < Starts; start++)
        {
            var (labels, spread) = Descend(points, Apart(points, count, SplitMix.For(seed, 0, start)), cancel);
            (best, least) = spread < least || best.Length == 0 ? (labels, spread) : (best, least);
        }
        return best;
    }

    /// <summary>Draws starting means among the points, each with a chance that grows with its squared distance from those before.</summary>
    private static DenseMatrix Apart(DenseMatrix points, int count, SplitMix random)
    {
        var (chosen, distances) = (new int[count], new double[points.Rows]);
        Array.Fill(distances, double.PositiveInfinity);
        chosen[0] = random.Next(points.Rows);
        for (var i = 1; i < count; i++)
        {
            var total = 0.0;
            for (var point = 0; point < points.Rows; point++)
            {
                total += distances[point] = Math.Min(distances[point], Squared(points.Row(point), points.Row(chosen[i - 1])));
            }
            var target = (random.NextSymmetric() + 1) / 2 * total;
            var drawn = 0;
            while (drawn < points.Rows - 1 && (target -= distances[drawn]) >= 0)
            {
                drawn++;
            }
            chosen[i] = drawn;
        }
        return points.SelectRows(chosen);
    }

    private static (int[] Labels, double Spread) Descend(DenseMatrix points, DenseMatrix means, CancellationToken cancel)
    {
        var (labels, distances) = (new int[points.Rows], new double[points.Rows]);
        Array.Fill(labels, -1);
        for (var round = 0; round < MostRounds; round++)
        {
            cancel.ThrowIfCancellationRequested();
            var moved = 0;
            Parallel.For(0, points.Rows, point =>
            {
                var (nearest, least) = (0, double.PositiveInfinity);
                for (var part = 0; part < means.Rows; part++)
                {
                    var distance = Squared(points.Row(point), means.Row(part));
                    (nearest, least) = distance < least ? (part, distance) : (nearest, least);
                }
                if (labels[point] != nearest)
                {
                    Interlocked.Increment(ref moved);
                }
                (labels[point], distances[point]) = (nearest, least);
            });
            if (moved == 0)
            {
                break;
            }
            MoveMeans(points, labels, means);
        }
        return (labels, distances.Sum());
    }

    // A part without points keeps its mean.
    private static void MoveMeans(DenseMatrix points, int[] labels, DenseMatrix means)
    {
        var (sums, sizes) = (new double[means.Values.Length], new int[means.Rows]);
        for (var point = 0; point < points.Rows; point++)
        {
            sizes[labels[point]]++;
            for (var feature = 0; feature < points.Columns; feature++)
            {
                sums[labels[point] * points.Columns + feature] += points[point, feature];
            }
        }
        for (var i = 0; i < sums.Length; i++)
        {
            var size = sizes[i / points.Columns];
            means.Values[i] = size > 0 ? (float)(sums[i] / size) : means.Values[i];
        }
    }

    private static double Squared(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++)
        {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }
        return sum;
    }
}
