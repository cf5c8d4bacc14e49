namespace ScFm.Model.Cells;

/// <summary>What makes a gene variable; the names are those of scanpy.</summary>
public enum VariableGeneFlavour
{
    /// <summary>log(variance / mean) of scaled counts, standardised among genes of a like mean: 20 ranges of equal width (Satija et al. 2015).</summary>
    Seurat,

    /// <summary>variance / mean of log-normalised values, less the median and over the median deviation of genes of a like mean: ranges of 5% of the genes (Zheng et al. 2017).</summary>
    CellRanger,

    /// <summary>The variance of counts standardised by the deviation that a curve through all genes expects of their mean, large values clipped (Stuart et al. 2019).</summary>
    SeuratV3,
}
