using ScFm.Model.Cells;
using ScFm.Model.Corpora;

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
        var wanted = Variable(cells, training, options.VariableGenes, expressed.Count, cancellation);
        int[] kept = [.. Enumerable.Range(0, expressed.Count).Where(place => (wanted is null || wanted.Contains(expressed.Names[place])) && options.Vectors?.Has(expressed.Names[place]) != false)];
        return kept.Length > 0
            ? new GeneVocabulary(kept.Select(place => expressed.Names[place]), expressed.Ids is { } ids ? kept.Select(place => ids[place]) : null)
            : throw new InvalidDataException($"None of the {expressed.Count} genes of the cells ({string.Join(", ", expressed.Names.Take(3))}, ...) has a vector; expected the same names in both.");
    }

    private static HashSet<string>? Variable(ICellSource cells, int[] training, int count, int expressed, CancellationToken cancellation)
    {
        if (count == 0 || count >= expressed)
        {
            return null;
        }
        var found = VariableGenes.Find(Corpus.Of(cells).Choose(training, "to train on"), new() { Flavour = VariableGeneFlavour.SeuratV3, Count = count }, cancellation: cancellation);
        return [.. found.Indices.Select(gene => cells.VarNames[gene])];
    }
}
