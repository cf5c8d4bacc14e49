using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ScFm.Model.Cells;

namespace ScFm.Model.Graphs;

/// <summary>Nearest neighbours by comparing every pair, a vector of candidates at a time.</summary>
internal static class ExactSearch
{
    private const int QueriesPerTask = 64;

    /// <summary>The nearest others of each row by squared euclidean distance.</summary>
    internal static NearestLists Find(DenseMatrix points, int count, CancellationToken cancel) => Find(points, points, count, cancel);

    /// <summary>The rows of one matrix that are nearest to each of another; where it is the same matrix, a row is not its own neighbour.</summary>
    internal static NearestLists Find(DenseMatrix points, DenseMatrix queries, int count, CancellationToken cancel)
    {
        var lists = new NearestLists(queries.Rows, count);
        var tiles = Tiles(points);
        var tasks = (queries.Rows + QueriesPerTask - 1) / QueriesPerTask;
        Parallel.For(0, tasks, new ParallelOptions { CancellationToken = cancel }, task =>
        {
            var start = task * QueriesPerTask;
            Compare(queries, start, Math.Min(start + QueriesPerTask, queries.Rows), tiles, lists, others: points == queries);
        });
        return lists;
    }

    // Candidates are laid out [tile, feature, lane], so that one load brings a feature of as many candidates as a vector has lanes.
    // The lanes after the last candidate are infinitely far.
    private static float[] Tiles(DenseMatrix points)
    {
        var (lanes, features) = (Vector<float>.Count, points.Columns);
        var tiles = new float[(long)(points.Rows + lanes - 1) / lanes * lanes * features];
        Array.Fill(tiles, float.PositiveInfinity);
        for (var row = 0; row < points.Rows; row++)
        {
            var values = points.Row(row);
            for (var feature = 0; feature < features; feature++)
            {
                tiles[((long)(row / lanes) * features + feature) * lanes + row % lanes] = values[feature];
            }
        }
        return tiles;
    }

    // Hot from the first call: a notebook computes this once, before tiered compilation would get to it.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Compare(DenseMatrix points, int start, int end, float[] tiles, NearestLists lists, bool others)
    {
        var (features, lanes) = (points.Columns, Vector<float>.Count);
        var all = MemoryMarshal.Cast<float, Vector<float>>(tiles);
        for (var tile = 0; tile * features < all.Length; tile++)
        {
            var candidates = all.Slice(tile * features, features);
            var query = start;
            for (; query + 3 < end; query += 4)
            {
                var q0 = points.Row(query);
                var q1 = points.Row(query + 1);
                var q2 = points.Row(query + 2);
                var q3 = points.Row(query + 3);
                var (s0, s1, s2, s3) = (Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero);
                for (var f = 0; f < candidates.Length; f++)
                {
                    var candidate = candidates[f];
                    var (d0, d1) = (new Vector<float>(q0[f]) - candidate, new Vector<float>(q1[f]) - candidate);
                    var (d2, d3) = (new Vector<float>(q2[f]) - candidate, new Vector<float>(q3[f]) - candidate);
                    s0 += d0 * d0;
                    s1 += d1 * d1;
                    s2 += d2 * d2;
                    s3 += d3 * d3;
                }
                Offer(lists, query, tile * lanes, s0, others);
                Offer(lists, query + 1, tile * lanes, s1, others);
                Offer(lists, query + 2, tile * lanes, s2, others);
                Offer(lists, query + 3, tile * lanes, s3, others);
            }
            for (; query < end; query++)
            {
                var row = points.Row(query);
                var sum = Vector<float>.Zero;
                for (var f = 0; f < candidates.Length; f++)
                {
                    var difference = new Vector<float>(row[f]) - candidates[f];
                    sum += difference * difference;
                }
                Offer(lists, query, tile * lanes, sum, others);
            }
        }
    }

    private static void Offer(NearestLists lists, int query, int first, Vector<float> squared, bool others)
    {
        // Candidates come in ascending order, so an equal distance never displaces an earlier one.
        if (!Vector.LessThanAny(squared, new Vector<float>(lists.Worst(query))))
        {
            return;
        }
        for (var lane = 0; lane < Vector<float>.Count; lane++)
        {
            if (squared[lane] < lists.Worst(query) && !(others && first + lane == query))
            {
                lists.Insert(query, first + lane, squared[lane]);
            }
        }
    }
}
