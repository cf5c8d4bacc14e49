using ScFm.Model.Cells;

namespace ScFm.Model.Models.Geneformer;

/// <summary>Reads cells of any source as sequences of tokens; the source's genes are found among the model's once.</summary>
internal sealed class RankReader
{
    private readonly ICellSource cells;
    private readonly GeneformerGenes genes;
    private readonly int maxLength;
    private readonly int[] target;

    /// <summary>Finds the source's genes.</summary>
    /// <exception cref="InvalidDataException">The source has no gene of the model.</exception>
    public RankReader(ICellSource cells, GeneformerGenes genes, int maxLength, GeneAliases? aliases = null)
    {
        (this.cells, this.genes, this.maxLength) = (cells, genes, maxLength);
        target = GenePlaces.Of(cells, genes.Vocabulary, aliases).Target;
    }

    /// <summary>The tokens of some cells, each one's by descending value.</summary>
    /// <exception cref="InvalidDataException">The values are not raw counts, or a cell expresses none of the model's genes.</exception>
    public int[][] Read(int[] which, CancellationToken cancellation = default) => TokensOf(which, cells.Read(which, cancellation));

    /// <summary>Reads many cells, a block at a time, in the given order.</summary>
    /// <param name="which">Which cells.</param>
    /// <param name="cancellation">Stops between two blocks.</param>
    /// <returns>A block's tokens, and where among <paramref name="which"/> it begins.</returns>
    public IEnumerable<(int First, int[][] Tokens)> Blocks(int[] which, CancellationToken cancellation = default)
    {
        var first = 0;
        foreach (var (block, counts) in cells.Blocks(which, cancellation))
        {
            yield return (first, TokensOf(block, counts));
            first += block.Length;
        }
    }

    private int[][] TokensOf(int[] names, CsrMatrix block)
    {
        Counts.Require(block);
        var totals = block.RowSums(); // genes that the model does not know count too
        var mapped = block.MapColumns(target, genes.Vocabulary.Count);
        var tokens = new int[block.Rows][];
        Parallel.For(0, block.Rows, row => tokens[row] = RankEncoding.Encode(mapped.RowIndices(row), mapped.RowValues(row), totals[row], genes, maxLength));
        for (var row = 0; row < tokens.Length; row++)
        {
            if (tokens[row].Length == 0)
            {
                throw new InvalidDataException(
                    $"Cell {names[row]} ('{cells.ObsNames[names[row]]}') expresses none of the model's {genes.Vocabulary.Count} genes; expected at least one: filter the cells first.");
            }
        }
        return tokens;
    }
}
