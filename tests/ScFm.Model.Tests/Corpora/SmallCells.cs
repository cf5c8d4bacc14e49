using ScFm.Model.Cells;
using ScFm.Model.Tables;

namespace ScFm.Model.Tests.Corpora;

/// <summary>Small sources of cells whose every value says which cell and which gene it is of.</summary>
internal static class SmallCells
{
    /// <summary>Cells that have every second gene, gene g of cell c with the value 100 c + g + 1.</summary>
    public static AnnData Of(int cells, string[] genes, params Column[] obs)
    {
        var dense = new DenseMatrix(cells, genes.Length);
        for (var cell = 0; cell < cells; cell++)
        {
            for (var gene = cell % 2; gene < genes.Length; gene += 2)
            {
                dense[cell, gene] = 100 * cell + gene + 1;
            }
        }
        return new AnnData(CsrMatrix.FromDense(dense), [.. Enumerable.Range(0, cells).Select(cell => $"{genes[0]}-{cell}")], genes, obs.Length == 0 ? null : new Table(obs));
    }

    /// <summary>A column of types that come round again and again.</summary>
    public static CategoryColumn Types(int cells, params string?[] types) =>
        CategoryColumn.FromLabels("cell_type", Enumerable.Range(0, cells).Select(cell => types[cell % types.Length]));

    /// <summary>The value of a gene in a cell, by the gene's name.</summary>
    public static float Value(AnnData cells, int cell, string gene)
    {
        var at = cells.X.RowIndices(cell).IndexOf(Array.IndexOf(cells.VarNames, gene));
        return at < 0 ? 0 : cells.X.RowValues(cell)[at];
    }
}
