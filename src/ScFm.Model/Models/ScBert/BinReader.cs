using ScFm.Model.Cells;

namespace ScFm.Model.Models.ScBert;

/// <summary>Reads cells of any source as bins; the source's genes are found among the model's once.</summary>
internal sealed class BinReader
{
    private readonly ICellSource cells;
    private readonly int genes;
    private readonly int[] target;
    private readonly ScBertConfig config;

    /// <summary>Finds the source's genes.</summary>
    /// <exception cref="InvalidDataException">The source has no gene of the model.</exception>
    public BinReader(ICellSource cells, GeneVocabulary genes, ScBertConfig config, GeneAliases? aliases = null)
    {
        (this.cells, this.genes, this.config) = (cells, genes.Count, config);
        target = GenePlaces.Of(cells, genes, aliases).Target;
    }

    /// <summary>The bins of some cells.</summary>
    /// <exception cref="InvalidDataException">The values are not raw counts.</exception>
    public BinnedCell[] Read(int[] which, CancellationToken cancellation = default) => BinsOf(cells.Read(which, cancellation));

    /// <summary>Reads many cells, a block at a time, in the given order.</summary>
    /// <param name="which">Which cells.</param>
    /// <param name="cancellation">Stops between two blocks.</param>
    /// <returns>A block's bins, and where among <paramref name="which"/> it begins.</returns>
    public IEnumerable<(int First, BinnedCell[] Cells)> Blocks(int[] which, CancellationToken cancellation = default)
    {
        var first = 0;
        foreach (var (block, counts) in cells.Blocks(which, cancellation))
        {
            yield return (first, BinsOf(counts));
            first += block.Length;
        }
    }

    private BinnedCell[] BinsOf(CsrMatrix counts)
    {
        Counts.Require(counts);
        var mapped = counts.MapColumns(target, genes);
        var totals = (config.Compat == Compat.Reference ? mapped : counts).RowSums();
        return [.. Enumerable.Range(0, mapped.Rows).Select(row => Binning.Of(mapped.RowIndices(row), mapped.RowValues(row), totals[row], config.LargestBin))];
    }
}
