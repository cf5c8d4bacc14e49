namespace ScFm.Model.Cells;

/// <summary>Goes through cells that may be more than memory holds.</summary>
internal static class CellBlocks
{
    private const int BlockCells = 1024;

    /// <summary>Reads all cells, some at a time.</summary>
    /// <param name="source">The cells.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public static IEnumerable<CsrMatrix> Blocks(this ICellSource source, CancellationToken cancellation = default) =>
        source.Blocks(Enumerable.Range(0, source.CellCount), cancellation);

    /// <summary>Reads the given cells in their order, some at a time.</summary>
    /// <param name="source">The cells.</param>
    /// <param name="cells">Which of them.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public static IEnumerable<CsrMatrix> Blocks(this ICellSource source, IEnumerable<int> cells, CancellationToken cancellation = default)
    {
        foreach (var some in cells.Chunk(BlockCells))
        {
            cancellation.ThrowIfCancellationRequested();
            yield return source.Read(some, cancellation);
        }
    }
}
