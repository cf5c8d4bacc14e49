using ScFm.Model.Cells;

namespace ScFm.Model.Models.Geneformer;

/// <summary>Reads cells of any source as sequences of tokens; the source's genes are found among the model's once.</summary>
internal sealed class RankReader
{
    /// <summary>Cells that are read from a source at a time.</summary>
    public const int Block = 1024;

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
    public int[][] Read(ReadOnlySpan<int> which, CancellationToken cancellation = default)
    {
        var block = cells.Read(which, cancellation);
        Counts.Require(block);
        var totals = block.RowSums(); // genes that the model does not know count too
        var mapped = block.MapColumns(target, genes.Vocabulary.Count);
        var (tokens, names) = (new int[block.Rows][], which.ToArray());
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

    /// <summary>Reads many cells, a block at a time, in the given order.</summary>
    /// <param name="which">Which cells.</param>
    /// <param name="cancellation">Stops between two blocks.</param>
    /// <returns>A block's tokens, and where among <paramref name="which"/> it begins.</returns>
    public IEnumerable<(int First, int[][] Tokens)> Blocks(int[] which, CancellationToken cancellation = default)
    {
        for (var first = 0; first < which.Length; first += Block)
        {
            cancellation.ThrowIfCancellationRequested();
            yield return (first, Read(which.AsSpan(first, Math.Min(Block, which.Length - first)), cancellation));
        }
    }
}
