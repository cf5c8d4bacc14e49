namespace ScFm.Model.Metrics;

/// <summary>How well a layout keeps what is near in the space that it was made from.</summary>
public static class LayoutQuality
{
    /// <summary>Trustworthiness, in [0, 1]: 1 where the layout's neighbours are neighbours in the space too (Venna and Kaski, 2001).</summary>
    /// <remarks>1 - 2 / (n k (2n - 3k - 1)) times the sum of (rank - k) over the layout's k nearest of each point whose rank in the space is above k. Time grows with the square of the number of points.</remarks>
    /// <param name="space">The points, [points, coordinates].</param>
    /// <param name="layout">The same points laid out.</param>
    /// <param name="neighbours">Neighbours of each point, itself not counted; at least 1 and less than half of the points. Default: 15.</param>
    /// <exception cref="ArgumentException">The numbers of points differ.</exception>
    public static double Trustworthiness(Points space, Points layout, int neighbours = 15)
    {
        if (space.Count != layout.Count)
        {
            throw new ArgumentException($"The space has {space.Count} points and the layout {layout.Count}; expected the same points.");
        }
        Expect(neighbours, (space.Count - 1) / 2);
        var penalties = new double[space.Count];
        Parallel.For(0, space.Count, i =>
        {
            var distances = Distances(space, i);
            foreach (var near in Nearest(layout, i, neighbours))
            {
                var rank = 1;
                for (var j = 0; j < distances.Length; j++)
                {
                    if (distances[j] < distances[near] || (distances[j] == distances[near] && j < near))
                    {
                        rank++;
                    }
                }
                penalties[i] += Math.Max(0, rank - neighbours);
            }
        });
        var (n, k) = ((double)space.Count, (double)neighbours);
        return 1 - penalties.Sum() * 2 / (n * k * (2 * n - 3 * k - 1));
    }

    /// <summary>Neighbour purity, in [0, 1]: the mean share of a point's nearest others that carry its label.</summary>
    /// <param name="points">The points, [points, coordinates].</param>
    /// <param name="labels">A label for each.</param>
    /// <param name="neighbours">Neighbours of each point, itself not counted; at least 1 and less than the number of points. Default: 15.</param>
    /// <exception cref="ArgumentException">The numbers of points and labels differ.</exception>
    public static double NeighbourPurity<T>(Points points, IReadOnlyList<T> labels, int neighbours = 15) where T : notnull
    {
        if (labels.Count != points.Count)
        {
            throw new ArgumentException($"There are {labels.Count} labels and {points.Count} points; expected one label for each point.");
        }
        Expect(neighbours, points.Count - 1);
        var (codes, _) = Labels.Encode(labels);
        var same = new int[points.Count];
        Parallel.For(0, points.Count, i => same[i] = Nearest(points, i, neighbours).Count(j => codes[j] == codes[i]));
        return same.Sum() / ((double)points.Count * neighbours);
    }

    private static double[] Distances(Points points, int from)
    {
        var distances = new double[points.Count];
        for (var j = 0; j < distances.Length; j++)
        {
            distances[j] = j == from ? double.PositiveInfinity : Points.Squared(points[from], points[j]);
        }
        return distances;
    }

    private static int[] Nearest(Points points, int from, int count)
    {
        var distances = Distances(points, from);
        // The farthest of those kept leaves first; of equally far ones, the one with the highest index.
        var kept = new PriorityQueue<int, (double, int)>(count + 1);
        for (var j = 0; j < distances.Length; j++)
        {
            if (kept.Count < count)
            {
                kept.Enqueue(j, (-distances[j], -j));
            }
            else
            {
                kept.EnqueueDequeue(j, (-distances[j], -j));
            }
        }
        return [.. kept.UnorderedItems.Select(item => item.Element)];
    }

    private static void Expect(int neighbours, int most)
    {
        if (neighbours < 1 || neighbours > most)
        {
            throw new ArgumentOutOfRangeException(nameof(neighbours), neighbours, $"The number of neighbours is 1 to {most} for these points.");
        }
    }
}
