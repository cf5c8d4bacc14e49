using ScFm.Model.Cells;

namespace ScFm.Model.Graphs;

/// <summary>Trees that split the cells by random hyperplanes until near cells lie together in small leaves.</summary>
internal static class ProjectionTree
{
    private const int Trees = 8;
    private const int LeafSize = 60;

    /// <summary>The leaves of each tree; every cell is in one leaf of each.</summary>
    internal static List<int[]>[] Grow(DenseMatrix points, ulong seed, ParallelOptions parallel)
    {
        var forest = new List<int[]>[Trees];
        Parallel.For(0, Trees, parallel, tree =>
        {
            var leaves = new List<int[]>();
            var random = SplitMix.For(seed, int.MaxValue, tree);
            Split(points, Enumerable.Range(0, points.Rows).ToArray(), leaves, ref random);
            forest[tree] = leaves;
        });
        return forest;
    }

    // The hyperplane halfway between two random cells; cut at the median, so that the tree is balanced even where cells coincide.
    private static void Split(DenseMatrix points, Span<int> cells, List<int[]> leaves, ref SplitMix random)
    {
        if (cells.Length <= LeafSize)
        {
            leaves.Add(cells.ToArray());
            return;
        }
        var a = points.Row(cells[random.Next(cells.Length)]);
        var b = points.Row(cells[random.Next(cells.Length)]);
        var normal = new double[points.Columns];
        for (var i = 0; i < normal.Length; i++)
        {
            normal[i] = a[i] - b[i];
        }
        var sides = new (double Side, int Cell)[cells.Length];
        for (var i = 0; i < cells.Length; i++)
        {
            var row = points.Row(cells[i]);
            var side = 0.0;
            for (var f = 0; f < normal.Length; f++)
            {
                side += normal[f] * row[f];
            }
            sides[i] = (side, cells[i]);
        }
        Array.Sort(sides);
        for (var i = 0; i < cells.Length; i++)
        {
            cells[i] = sides[i].Cell;
        }
        Split(points, cells[..(cells.Length / 2)], leaves, ref random);
        Split(points, cells[(cells.Length / 2)..], leaves, ref random);
    }
}
