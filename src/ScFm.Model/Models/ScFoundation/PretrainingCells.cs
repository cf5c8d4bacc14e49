using ScFm.Model.Cells;

namespace ScFm.Model.Models.ScFoundation;

/// <summary>The cells of a pretraining: checked, divided, and in the order of the model's genes.</summary>
internal sealed record PretrainingCells
{
    /// <summary>The genes.</summary>
    public required GeneVocabulary Vocabulary { get; init; }

    /// <summary>How the cells' genes were found among them.</summary>
    public required GeneReport Genes { get; init; }

    /// <summary>Raw counts of the cells to train on, [cells, genes].</summary>
    public required CsrMatrix Training { get; init; }

    /// <summary>Raw counts of the cells held out, [cells, genes].</summary>
    public required CsrMatrix HeldOut { get; init; }

    /// <summary>The cells held out, as indices into the given ones.</summary>
    public required int[] HeldOutIndices { get; init; }

    /// <summary>Prepares cells.</summary>
    /// <exception cref="InvalidDataException">The values are not raw counts, or a cell or the vocabulary has no gene in common with the other.</exception>
    /// <exception cref="ArgumentException">There are fewer than two cells.</exception>
    public static PretrainingCells Of(AnnData cells, PretrainingOptions options)
    {
        if (cells.CellCount < 2)
        {
            throw new ArgumentException($"There are {cells.CellCount} cells; expected at least 2, to train on and to hold out.");
        }
        Counts.Require(cells);
        var (train, heldOut) = PretrainingSplit.Of(cells.X, options);
        var vocabulary = options.StartFrom?.Vocabulary ?? options.Vocabulary ?? GeneVocabulary.FromCells(cells.SelectCells(train), Math.Min(options.LeastCells, train.Length));
        var (mapped, genes) = GeneMapping.Map(cells, vocabulary, options.Aliases);
        Counts.RequireExpression(mapped);
        return new PretrainingCells
        {
            Vocabulary = vocabulary,
            Genes = genes,
            Training = mapped.X.SelectRows(train),
            HeldOut = mapped.X.SelectRows(heldOut),
            HeldOutIndices = heldOut,
        };
    }

    /// <summary>How many cells and genes these are, and eight hexadecimal digits that change with any count.</summary>
    public static string Describe(CsrMatrix training, CsrMatrix heldOut) =>
        $"{training.Rows} and {heldOut.Rows} cells of {training.Columns} genes ({Fingerprint.Of(training, heldOut)})";
}
