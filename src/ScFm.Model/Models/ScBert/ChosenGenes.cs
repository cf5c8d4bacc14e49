using ScFm.Model.Cells;

namespace ScFm.Model.Models.ScBert;

/// <summary>Chooses the genes of a new model, each of which is a token of every cell.</summary>
internal static class ChosenGenes
{
    /// <summary>The genes that the options ask for.</summary>
    /// <param name="cells">The cells.</param>
    /// <param name="training">Those that may be looked at.</param>
    /// <param name="options">Given genes, or how many variable ones, and the vectors that each has to have.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="InvalidDataException">No gene is left.</exception>
    public static GeneVocabulary Of(ICellSource cells, int[] training, ScBertOptions options, CancellationToken cancellation)
    {
        if (options.Genes is { } given)
        {
            return given;
        }
        var expressed = GeneVocabulary.FromCells(cells, training, Math.Min(options.LeastCells, training.Length), cancellation);
        int[] usable = [.. Enumerable.Range(0, expressed.Count).Where(place => options.Vectors?.Has(expressed.Names[place]) != false)];
        if (usable.Length == 0)
        {
            throw new InvalidDataException($"None of the {expressed.Count} genes of the cells ({string.Join(", ", expressed.Names.Take(3))}, ...) has a vector; expected the same names in both.");
        }
        if (options.VariableGenes > 0 && options.VariableGenes < usable.Length)
        {
            var variances = BinVariances(cells, training, expressed, options.Config, cancellation);
            usable = [.. usable.OrderByDescending(place => variances[place]).Take(options.VariableGenes).Order()]; // the order is stable: of equals the first are taken
        }
        return new GeneVocabulary(usable.Select(place => expressed.Names[place]), expressed.Ids is { } ids ? usable.Select(place => ids[place]) : null);
    }

    /// <summary>How much the bin of each gene varies between cells: what the model can learn from.</summary>
    private static double[] BinVariances(ICellSource cells, int[] training, GeneVocabulary genes, ScBertConfig config, CancellationToken cancellation)
    {
        var (sums, squares) = (new double[genes.Count], new double[genes.Count]);
        foreach (var (_, block) in new BinReader(cells, genes, config).Blocks(training, cancellation))
        {
            foreach (var cell in block)
            {
                for (var i = 0; i < cell.Genes.Length; i++)
                {
                    sums[cell.Genes[i]] += cell.Bins[i];
                    squares[cell.Genes[i]] += (double)cell.Bins[i] * cell.Bins[i];
                }
            }
        }
        return [.. sums.Zip(squares, (sum, square) => square / training.Length - Math.Pow(sum / training.Length, 2))];
    }
}
