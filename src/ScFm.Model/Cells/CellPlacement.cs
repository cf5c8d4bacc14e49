namespace ScFm.Model.Cells;

/// <summary>Where the cells of a text matrix stand.</summary>
public enum CellPlacement
{
    /// <summary>Genes are where more names are Ensembl ids or well-known gene symbols; where neither side has any, the cells are in rows.</summary>
    Detect,

    /// <summary>One line a cell, one column a gene.</summary>
    Rows,

    /// <summary>One line a gene, one column a cell.</summary>
    Columns,
}
