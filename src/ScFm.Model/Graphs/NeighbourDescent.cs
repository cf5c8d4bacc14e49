using System.Numerics;
using System.Runtime.InteropServices;
using ScFm.Model.Cells;

namespace ScFm.Model.Graphs;

/// <summary>Nearest neighbours by descent: a neighbour of a neighbour is likely a neighbour.</summary>
/// <remarks>
/// Dong, Charikar and Li, "Efficient k-nearest neighbor graph construction for generic similarity measures", WWW 2011.
/// Here every cell improves its own list from the lists of the round before, so that rounds run in parallel without
/// locks and give the same result on any number of threads. Random-projection trees (Dasgupta and Freund, STOC 2008) give the first lists.
/// </remarks>
internal static class NeighbourDescent
{
    private const int Rounds = 12;

    // Neighbours and reverse neighbours of a cell that a round looks at.
    private const int Sample = 30;

    /// <summary>The nearest others of each row by squared euclidean distance, nearly all of them right.</summary>
    internal static NearestLists Find(DenseMatrix points, int count, ulong seed, CancellationToken cancel)
    {
        var parallel = new ParallelOptions { CancellationToken = cancel };
        var lists = new NearestLists(points.Rows, count);
        foreach (var leaves in ProjectionTree.Grow(points, seed, parallel))
        {
            Parallel.ForEach(leaves, parallel, leaf => CompareAll(points, leaf, lists));
        }
        Fill(points, lists, seed);
        var fresh = Enumerable.Repeat(true, points.Rows).ToArray();
        for (var round = 0; round < Rounds; round++)
        {
            var before = lists.Copy();
            var around = Neighbourhoods(before, seed, round);
            var changes = new int[points.Rows];
            var last = fresh;
            Parallel.For(0, points.Rows, parallel, cell => changes[cell] = Improve(points, cell, around, last, lists));
            fresh = Array.ConvertAll(changes, c => c > 0);
            // The paper's stop: fewer than one entry in a thousand changed.
            if (changes.Sum(c => (long)c) < 0.001 * points.Rows * count)
            {
                break;
            }
        }
        return lists;
    }

    private static int Improve(DenseMatrix points, int cell, int[][] around, bool[] fresh, NearestLists lists)
    {
        var changes = 0;
        var row = points.Row(cell);
        foreach (var near in around[cell])
        {
            // Where neither list changed in the last round, these pairs have been compared already.
            if (!fresh[near] && !fresh[cell])
            {
                continue;
            }
            foreach (var candidate in around[near])
            {
                if (candidate != cell && Squared(row, points.Row(candidate)) is var distance
                    && distance <= lists.Worst(cell) && lists.Insert(cell, candidate, distance))
                {
                    changes++;
                }
            }
        }
        return changes;
    }

    // Neighbours in both directions; where there are too many of them, a random sample.
    private static int[][] Neighbourhoods(NearestLists lists, ulong seed, int round)
    {
        var around = new List<int>[lists.Rows];
        for (var cell = 0; cell < lists.Rows; cell++)
        {
            around[cell] = [.. lists.Indices(cell)];
        }
        for (var cell = 0; cell < lists.Rows; cell++)
        {
            foreach (var near in lists.Indices(cell))
            {
                around[near].Add(cell);
            }
        }
        var sampled = new int[lists.Rows][];
        Parallel.For(0, lists.Rows, cell =>
        {
            var all = CollectionsMarshal.AsSpan(around[cell]);
            var random = SplitMix.For(seed, round + 1, cell);
            // A cell's own list stays whole; the reverse part is shuffled down to the sample.
            for (var i = lists.Capacity; i < Math.Min(all.Length, lists.Capacity + Sample); i++)
            {
                var other = i + random.Next(all.Length - i);
                (all[i], all[other]) = (all[other], all[i]);
            }
            sampled[cell] = all[..Math.Min(all.Length, lists.Capacity + Sample)].ToArray();
        });
        return sampled;
    }

    // Each cell is in one leaf of a tree, so leaves of the same tree can be compared in parallel.
    private static void CompareAll(DenseMatrix points, int[] leaf, NearestLists lists)
    {
        for (var i = 0; i < leaf.Length; i++)
        {
            for (var j = 0; j < i; j++)
            {
                var distance = Squared(points.Row(leaf[i]), points.Row(leaf[j]));
                lists.Insert(leaf[i], leaf[j], distance);
                lists.Insert(leaf[j], leaf[i], distance);
            }
        }
    }

    // A list that the trees left short is filled with cells at random.
    private static void Fill(DenseMatrix points, NearestLists lists, ulong seed) => Parallel.For(0, points.Rows, cell =>
    {
        var random = SplitMix.For(seed, 0, cell);
        while (lists.Indices(cell)[^1] < 0)
        {
            var other = random.Next(points.Rows);
            if (other != cell && !lists.Indices(cell).Contains(other))
            {
                lists.Insert(cell, other, Squared(points.Row(cell), points.Row(other)));
            }
        }
    });

    private static float Squared(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var x = MemoryMarshal.Cast<float, Vector<float>>(a);
        var y = MemoryMarshal.Cast<float, Vector<float>>(b);
        var sums = Vector<float>.Zero;
        for (var i = 0; i < x.Length; i++)
        {
            var difference = x[i] - y[i];
            sums += difference * difference;
        }
        var sum = Vector.Sum(sums);
        for (var i = x.Length * Vector<float>.Count; i < a.Length; i++)
        {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }
        return sum;
    }
}
