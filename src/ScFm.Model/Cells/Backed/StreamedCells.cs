using ScFm.Model.Tables;

namespace ScFm.Model.Cells.Backed;

/// <summary>Cells that are written as their values come: names and tables at hand, matrices block after block.</summary>
/// <example><code>
/// AnnDataWriter.Write(new StreamedCells { ObsNames = names, VarNames = genes, X = new StreamedDense(genes.Length, blocks) }, "large.h5ad");
/// </code></example>
public sealed record StreamedCells
{
    /// <summary>One name a cell.</summary>
    public required string[] ObsNames { get; init; }

    /// <summary>One name a column of X.</summary>
    public required string[] VarNames { get; init; }

    /// <summary>What is known of each cell, one row a cell. Default: nothing.</summary>
    public Table? Obs { get; init; }

    /// <summary>What is known of each gene, one row a gene. Default: nothing.</summary>
    public Table? Var { get; init; }

    /// <summary>The matrix, [cells, genes].</summary>
    public required StreamedMatrix X { get; init; }

    /// <summary>Dense matrices with a row a cell, under names such as X_scfm. Default: none.</summary>
    public IReadOnlyDictionary<string, StreamedDense> Obsm { get; init; } = new Dictionary<string, StreamedDense>();

    /// <summary>Other matrices of the same cells and genes. Default: none.</summary>
    public IReadOnlyDictionary<string, StreamedMatrix> Layers { get; init; } = new Dictionary<string, StreamedMatrix>();

    /// <summary>Whatever else belongs to the file, as in <see cref="AnnData.Uns"/>. Default: nothing.</summary>
    public IReadOnlyDictionary<string, object> Uns { get; init; } = new Dictionary<string, object>();
}
