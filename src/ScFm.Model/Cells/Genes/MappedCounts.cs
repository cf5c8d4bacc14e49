namespace ScFm.Model.Cells;

/// <summary>Raw counts of some cells in the order of a vocabulary, read when they are wanted; of each cell only its length is at hand.</summary>
/// <remarks>Cells in memory are mapped once, others each time they are read; the counts are the same.</remarks>
internal sealed class MappedCounts
{
    private readonly ICellSource source;
    private readonly int[]? target;
    private readonly int[] cells;
    private readonly string contents;

    private MappedCounts(ICellSource source, int[]? target, string contents, int genes, int[] cells, int[] lengths) =>
        (this.source, this.target, this.contents, Genes, this.cells, Lengths) = (source, target, contents, genes, cells, lengths);

    /// <summary>Number of genes of the vocabulary.</summary>
    public int Genes { get; }

    /// <summary>Number of cells.</summary>
    public int Count => cells.Length;

    /// <summary>Number of expressed genes of each cell.</summary>
    public int[] Lengths { get; }

    /// <summary>Changes with any count, cell or place of a gene.</summary>
    public string Identity => Fingerprint.Of(hash => hash.Add(contents).Add<int>(cells));

    /// <summary>All cells, their genes mapped to a vocabulary; they are gone through once.</summary>
    /// <param name="cells">Cells with raw counts.</param>
    /// <param name="vocabulary">The genes.</param>
    /// <param name="aliases">Other names of genes. Default: none.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="InvalidDataException">The cells have no gene of the vocabulary, or a cell expresses none of them.</exception>
    public static (MappedCounts Counts, GeneReport Report) Of(ICellSource cells, GeneVocabulary vocabulary, GeneAliases? aliases = null, CancellationToken cancellation = default)
    {
        var places = GenePlaces.Of(cells, vocabulary, aliases);
        var contents = Fingerprint.Of(hash => hash.Add(cells.CountIdentity).Add<int>(places.Target));
        int[]? target = places.Target;
        var (before, after, at) = (0.0, 0.0, 0);
        var source = cells;
        if (cells is AnnData inMemory)
        {
            before = inMemory.X.RowSums().Sum();
            source = new AnnData(inMemory.X.MapColumns(target, vocabulary.Count), cells.ObsNames, [.. vocabulary.Names]);
            target = null;
        }
        var lengths = new int[cells.CellCount];
        foreach (var (_, block) in source.Blocks(cancellation: cancellation))
        {
            var mapped = target is null ? block : block.MapColumns(target, vocabulary.Count);
            before += target is null ? 0 : block.RowSums().Sum();
            after += mapped.RowSums().Sum();
            for (var row = 0; row < mapped.Rows; row++)
            {
                lengths[at++] = mapped.RowIndices(row).Length;
            }
        }
        var empty = Array.IndexOf(lengths, 0);
        return empty < 0
            ? (new MappedCounts(source, target, contents, vocabulary.Count, [.. Enumerable.Range(0, lengths.Length)], lengths), new GeneReport(cells.VarNames, vocabulary, places, before, after))
            : throw Counts.NoExpression(empty, cells.ObsNames[empty], vocabulary.Count);
    }

    /// <summary>Some of the cells.</summary>
    /// <param name="rows">Which of these cells.</param>
    public MappedCounts Select(int[] rows) =>
        new(source, target, contents, Genes, Array.ConvertAll(rows, row => cells[row]), Array.ConvertAll(rows, row => Lengths[row]));

    /// <summary>Reads some of the cells, [rows, genes].</summary>
    /// <param name="rows">Which of these cells, in any order.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public CsrMatrix Read(ReadOnlySpan<int> rows, CancellationToken cancellation = default)
    {
        var wanted = new int[rows.Length];
        for (var i = 0; i < wanted.Length; i++)
        {
            wanted[i] = cells[rows[i]];
        }
        return Mapped(source.Read(wanted, cancellation));
    }

    /// <summary>Reads all these cells, some at a time.</summary>
    /// <param name="cancellation">Stops the reading.</param>
    public IEnumerable<CsrMatrix> Blocks(CancellationToken cancellation = default) => source.Blocks(cells, cancellation).Select(block => Mapped(block.Values));

    private CsrMatrix Mapped(CsrMatrix read) => target is null ? read : read.MapColumns(target, Genes);
}
