using ScFm.Model.Cells;
using ScFm.Model.Training;

namespace ScFm.Model.Models.ScGpt;

/// <summary>Reads cells of any source as tokens and bins; the source's genes are found among the model's once.</summary>
internal sealed class ScGptReader
{
    private readonly ICellSource cells;
    private readonly ScGptVocabulary vocabulary;
    private readonly ScGptConfig config;
    private readonly int[] target;
    private readonly int[] measured; // places of the model's genes that the source has, ascending

    /// <summary>Finds the source's genes.</summary>
    /// <exception cref="InvalidDataException">The source has no gene of the model.</exception>
    public ScGptReader(ICellSource cells, ScGptVocabulary vocabulary, ScGptConfig config, GeneAliases? aliases = null)
    {
        (this.cells, this.vocabulary, this.config) = (cells, vocabulary, config);
        target = GenePlaces.Of(cells, vocabulary.Genes, aliases).Target;
        measured = [.. target.Where(place => place >= 0).Distinct().Order()];
    }

    /// <summary>Some cells, each with what is random of it drawn by its own generator; of a cell without a gene of the model there is &lt;cls&gt; alone.</summary>
    /// <param name="which">Which cells.</param>
    /// <param name="random">A cell's generator, by its place among <paramref name="which"/>; null draws by the cell's own counts, so that the same cell is always read alike.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="InvalidDataException">The values are not raw counts.</exception>
    public ScGptCell[] Read(int[] which, Func<int, Random>? random = null, CancellationToken cancellation = default) => CellsOf(which, cells.Read(which, cancellation), random);

    /// <summary>Many cells, a block at a time, in the given order.</summary>
    /// <param name="which">Which cells.</param>
    /// <param name="random">As in <see cref="Read"/>.</param>
    /// <param name="cancellation">Stops between two blocks.</param>
    /// <returns>A block's cells, and where among <paramref name="which"/> it begins.</returns>
    public IEnumerable<(int First, ScGptCell[] Cells)> Blocks(int[] which, Func<int, Random>? random = null, CancellationToken cancellation = default)
    {
        var first = 0;
        foreach (var (block, counts) in cells.Blocks(which, cancellation))
        {
            var start = first;
            yield return (first, CellsOf(block, counts, random is null ? null : i => random(start + i)));
            first += block.Length;
        }
    }

    private ScGptCell[] CellsOf(int[] names, CsrMatrix block, Func<int, Random>? random)
    {
        Counts.Require(block);
        var mapped = block.MapColumns(target, vocabulary.Genes.Count);
        var read = new ScGptCell[block.Rows];
        Parallel.For(0, read.Length, row =>
        {
            ReadOnlySpan<int> genes = mapped.RowIndices(row);
            ReadOnlySpan<float> counts = mapped.RowValues(row);
            read[row] = CellOf(genes, counts, random?.Invoke(row) ?? GeneratorOf(counts));
        });
        return read;
    }

    private ScGptCell CellOf(ReadOnlySpan<int> genes, ReadOnlySpan<float> counts, Random random)
    {
        var bins = ValueBinning.Bin(counts, config.Bins, random);
        int[] places = config.ReadsZeros ? measured : genes.ToArray();
        var values = config.ReadsZeros ? WithZeros(genes, bins) : bins;
        if (places.Length >= config.MaxLength)
        {
            int[] drawn = [.. Enumerable.Range(0, places.Length)];
            random.Shuffle(drawn);
            drawn = drawn[..(config.MaxLength - 1)];
            Array.Sort(drawn);
            (places, values) = (Array.ConvertAll(drawn, i => places[i]), Array.ConvertAll(drawn, i => values[i]));
        }
        return new ScGptCell([vocabulary.Cls, .. places.Select(vocabulary.TokenOf)], [(float)config.ClsValue, .. values]);
    }

    /// <summary>The bins of all genes that the source has, those not expressed at 0.</summary>
    private float[] WithZeros(ReadOnlySpan<int> genes, float[] bins)
    {
        var values = new float[measured.Length];
        for (var i = 0; i < bins.Length; i++)
        {
            values[Array.BinarySearch(measured, genes[i])] = bins[i];
        }
        return values;
    }

    /// <summary>A generator that the same counts in the same order always lead to, whatever other genes the model knows.</summary>
    private static Random GeneratorOf(ReadOnlySpan<float> counts)
    {
        var (sum, weighted) = (0.0, 0.0);
        for (var i = 0; i < counts.Length; i++)
        {
            sum += counts[i];
            weighted += counts[i] * (i + 1.0);
        }
        return Seeds.For(counts.Length, BitConverter.DoubleToInt64Bits(sum), BitConverter.DoubleToInt64Bits(weighted));
    }
}
