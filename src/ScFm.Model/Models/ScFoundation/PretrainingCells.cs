using ScFm.Model.Cells;
using ScFm.Model.Corpora;

namespace ScFm.Model.Models.ScFoundation;

/// <summary>The cells of a pretraining: checked, divided, and in the order of the model's genes.</summary>
internal sealed record PretrainingCells
{
    /// <summary>The genes.</summary>
    public required GeneVocabulary Vocabulary { get; init; }

    /// <summary>How the cells' genes were found among them.</summary>
    public required GeneReport Genes { get; init; }

    /// <summary>Raw counts of the cells to train on, [cells, genes].</summary>
    public required MappedCounts Training { get; init; }

    /// <summary>Raw counts of the cells held out, [cells, genes].</summary>
    public required MappedCounts HeldOut { get; init; }

    /// <summary>The cells held out, as indices into the given ones.</summary>
    public required int[] HeldOutIndices { get; init; }

    /// <summary>How the training cells are drawn; null where by length.</summary>
    public required CellSampler? Sampler { get; init; }

    /// <summary>How many cells and genes these are, and digits that change with any count.</summary>
    public string Description => Describe(Training, HeldOut);

    /// <summary>Prepares cells: they are gone through two or three times, and stay where they are.</summary>
    /// <exception cref="InvalidDataException">The values are not raw counts, or a cell or the vocabulary has no gene in common with the other.</exception>
    /// <exception cref="ArgumentException">There are fewer than two cells.</exception>
    public static PretrainingCells Of(ICellSource cells, PretrainingOptions options, CancellationToken cancellation = default)
    {
        if (cells.CellCount < 2)
        {
            throw new ArgumentException($"There are {cells.CellCount} cells; expected at least 2, to train on and to hold out.");
        }
        var (train, heldOut) = PretrainingSplit.Of(cells.Totals(cancellation), options);
        var vocabulary = options.StartFrom?.Vocabulary ?? options.Vocabulary
            ?? GeneVocabulary.FromCells(cells, train, Math.Min(options.LeastCells, train.Length), cancellation);
        var (counts, genes) = MappedCounts.Of(cells, vocabulary, options.Aliases, cancellation);
        return new PretrainingCells
        {
            Vocabulary = vocabulary,
            Genes = genes,
            Training = counts.Select(train),
            HeldOut = counts.Select(heldOut),
            HeldOutIndices = heldOut,
            Sampler = options.Sampling.Sampler(cells.Obs.Select(train), options.Training.Seed),
        };
    }

    /// <summary>How many cells and genes some are, and digits that change with any count.</summary>
    public static string Describe(MappedCounts training, MappedCounts heldOut) =>
        $"{training.Count} and {heldOut.Count} cells of {training.Genes} genes ({training.Identity} {heldOut.Identity})";
}
