using ScFm.Model.Tables;

namespace ScFm.Model.Cells;

/// <summary>Cells whose values are read some cells at a time: in memory, in a file, in a corpus store, or a choice of these.</summary>
/// <remarks>Names and obs are at hand at once; what is large, the matrix, is read on demand. An implementation may be used by several threads at once.</remarks>
public interface ICellSource
{
    /// <summary>What the cells are called in reports and errors, such as a file's name.</summary>
    string Name { get; }

    /// <summary>Changes with any value, name or order, of obs too: by it a recipe knows its cells again.</summary>
    string Identity { get; }

    /// <summary>The same without obs, where that is known apart: what a stopped run compares before it goes on, to which a column that was added meanwhile is nothing.</summary>
    string CountIdentity => Identity;

    /// <summary>Number of cells.</summary>
    int CellCount { get; }

    /// <summary>Number of genes.</summary>
    int GeneCount => VarNames.Length;

    /// <summary>One name a cell (barcode).</summary>
    string[] ObsNames { get; }

    /// <summary>One name a gene (symbol or Ensembl id).</summary>
    string[] VarNames { get; }

    /// <summary>The Ensembl id of each gene, null where unknown; null where none is known.</summary>
    string?[]? GeneIds => null;

    /// <summary>What is known of each gene, one row a gene: the Ensembl ids, where nothing else is.</summary>
    Table Var => GenePlaces.WithIds(GeneIds, GeneCount);

    /// <summary>What is known of each cell, one row a cell.</summary>
    Table Obs { get; }

    /// <summary>Reads some cells.</summary>
    /// <param name="cells">Which cells, in any order; one may be named twice.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <returns>Their values, [cells, genes], a row for each that was named.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such cell.</exception>
    /// <exception cref="InvalidDataException">The data are damaged; the message names the file.</exception>
    CsrMatrix Read(ReadOnlySpan<int> cells, CancellationToken cancellation = default);
}
