namespace ScFm.Model.Cells;

/// <summary>Brings cells to the genes of a vocabulary, in its order.</summary>
public static class GeneMapping
{
    /// <summary>Maps cells to a vocabulary: genes are matched by name, Ensembl id and alias, duplicates summed, missing ones padded with zeros.</summary>
    /// <remarks>
    /// An own name goes before an alias: where the data have both HNRNPU and HNRNPU-AS1, an alias table that calls the one an old name of
    /// the other does not make them one. An alias of several genes stands for the first of them that the data lack.
    /// </remarks>
    /// <param name="cells">The cells, with symbols or Ensembl ids as gene names; ids that are known are used too. Left as they are. Those that lie in no memory are read some at a time.</param>
    /// <param name="vocabulary">The genes of the result, in order.</param>
    /// <param name="aliases">Other names of genes. Default: none.</param>
    /// <param name="cancellation">Stops the reading. Default: never.</param>
    /// <returns>The cells with X, and layers where they lie in memory, of [cells, vocabulary], and what was done.</returns>
    /// <exception cref="InvalidDataException">The cells have no gene of the vocabulary.</exception>
    public static (AnnData Cells, GeneReport Report) Map(
        ICellSource cells, GeneVocabulary vocabulary, GeneAliases? aliases = null, CancellationToken cancellation = default)
    {
        var places = GenePlaces.Of(cells, vocabulary, aliases);
        CsrMatrix Mapped(CsrMatrix values) => values.MapColumns(places.Target, vocabulary.Count);
        var (names, var) = ((string[])[.. vocabulary.Names], GenePlaces.WithIds(vocabulary.Ids, vocabulary.Count));
        var before = 0.0;
        AnnData mapped;
        if (cells is AnnData inMemory)
        {
            before = inMemory.X.RowSums().Sum();
            mapped = inMemory.With(Mapped(inMemory.X), names, var, Mapped);
        }
        else
        {
            var rows = new List<(CsrMatrix, int)>(cells.CellCount);
            foreach (var (_, read) in cells.Blocks(cancellation: cancellation))
            {
                var block = Mapped(read);
                before += read.RowSums().Sum();
                rows.AddRange(Enumerable.Range(0, block.Rows).Select(row => (block, row)));
            }
            mapped = new AnnData(CsrMatrix.Gather([.. rows], vocabulary.Count), cells.ObsNames, names, cells.Obs, var);
        }
        return (mapped, new GeneReport(cells.VarNames, vocabulary, places, before, mapped.X.RowSums().Sum()));
    }
}
