namespace ScFm.Model.Cells;

/// <summary>How <see cref="AnnDataReader"/> reads cells.</summary>
public sealed record ReadOptions
{
    /// <summary>Where the cells of a .csv or .tsv matrix stand. Default: <see cref="CellPlacement.Detect"/>. Other formats say it themselves.</summary>
    public CellPlacement Cells { get; init; } = CellPlacement.Detect;

    /// <summary>A .tsv or .csv table, gzipped or plain, whose first column names the cells and whose others become obs. Default: cells.tsv beside a 10x matrix, if there.</summary>
    public string? CellTable { get; init; }

    /// <summary>The column of var that names the genes of an .h5ad file, where its index does not. Default: the index.</summary>
    public string? GeneNames { get; init; }

    /// <summary>Takes the matrix and the genes from raw of an .h5ad file instead of X. Default: false.</summary>
    public bool UseRaw { get; init; }

    /// <summary>The layer that is taken as the matrix instead of X; not together with <see cref="UseRaw"/>. Default: X.</summary>
    public string? Layer { get; init; }

    /// <summary>Is told the share read so far, 0 to 1. Default: nobody is told.</summary>
    public IProgress<double>? Progress { get; init; }
}
