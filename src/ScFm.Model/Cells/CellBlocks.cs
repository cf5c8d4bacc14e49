namespace ScFm.Model.Cells;

/// <summary>Goes through the cells of a source some at a time, so that memory does not grow with their number.</summary>
internal static class CellBlocks
{
    /// <summary>Cells in a block: a few megabytes of sparse counts.</summary>
    public const int Size = 1024;

    /// <summary>Some cells, block after block in the given order.</summary>
    /// <param name="source">Where they lie.</param>
    /// <param name="cells">Which cells. Default: all.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public static IEnumerable<(int[] Cells, CsrMatrix Values)> Blocks(this ICellSource source, IEnumerable<int>? cells = null, CancellationToken cancellation = default)
    {
        foreach (var block in (cells ?? Enumerable.Range(0, source.CellCount)).Chunk(Size))
        {
            cancellation.ThrowIfCancellationRequested();
            yield return (block, source.Read(block, cancellation));
        }
    }

    /// <summary>The total count of each cell, where all values are raw counts and no cell is empty.</summary>
    /// <param name="source">Where they lie; all are read.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="InvalidDataException">The values are something else, or a cell has none; the message says what, or which.</exception>
    public static double[] Totals(this ICellSource source, CancellationToken cancellation = default)
    {
        var totals = new double[source.CellCount];
        foreach (var (block, counts) in CountSource.Of(source).Blocks(cancellation: cancellation))
        {
            counts.RowSums().CopyTo(totals, block[0]);
        }
        return totals;
    }
}
