namespace ScFm.Model.Cells;

/// <summary>Brings cells to the genes of a vocabulary, in its order.</summary>
public static class GeneMapping
{
    /// <summary>Maps cells to a vocabulary: genes are matched by name, Ensembl id and alias, duplicates summed, missing ones padded with zeros.</summary>
    /// <remarks>
    /// An own name goes before an alias: where the data have both HNRNPU and HNRNPU-AS1, an alias table that calls the one an old name of
    /// the other does not make them one. An alias of several genes stands for the first of them that the data lack.
    /// </remarks>
    /// <param name="cells">The cells, with symbols or Ensembl ids as gene names; a var column gene_ids is used too. Left as they are.</param>
    /// <param name="vocabulary">The genes of the result, in order.</param>
    /// <param name="aliases">Other names of genes. Default: none.</param>
    /// <returns>The cells with X and layers of [cells, vocabulary], and what was done.</returns>
    /// <exception cref="InvalidDataException">The cells have no gene of the vocabulary.</exception>
    public static (AnnData Cells, GeneReport Report) Map(AnnData cells, GeneVocabulary vocabulary, GeneAliases? aliases = null)
    {
        var places = GenePlaces.Of(cells, vocabulary, aliases);
        var x = cells.X.MapColumns(places.Target, vocabulary.Count);
        var mapped = cells.With(x, [.. vocabulary.Names], GenePlaces.WithIds(vocabulary.Ids, vocabulary.Count), layer => layer.MapColumns(places.Target, vocabulary.Count));
        return (mapped, new GeneReport(cells.VarNames, vocabulary, places, cells.X.RowSums().Sum(), x.RowSums().Sum()));
    }
}
