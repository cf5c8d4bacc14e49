using System.ComponentModel.DataAnnotations;

namespace ScFm.Model.Models.ScImpute;

/// <summary>How scImpute tells dropouts and replaces them.</summary>
/// <remarks>Source: Li and Li, "An accurate and robust imputation method scImpute for single-cell RNA-seq data", Nature Communications 9 (2018), Methods.</remarks>
public sealed record ScImputeOptions
{
    /// <summary>Number of subpopulations that the cells are parted into, cut to a tenth of the cells; the paper leaves it to what is known of them. Default: 8.</summary>
    [Range(1, 1000)] public int Subpopulations { get; init; } = 8;

    /// <summary>Share of the variance that the principal components must explain in which cells are compared. Default: 0.4.</summary>
    [Range(0.01, 1)] public double ExplainedVariance { get; init; } = 0.4;

    /// <summary>No more principal components than this, however little they explain: those of shallow cells explain little each. Default: 50.</summary>
    [Range(1, 1000)] public int MostComponents { get; init; } = 50;

    /// <summary>The probability from which a value counts as a dropout, the paper's t. Default: 0.5.</summary>
    [Range(0, 1)] public double Threshold { get; init; } = 0.5;

    /// <summary>How many cells of its subpopulation, the nearest ones, a cell may be put together from; fewer take less time. Default: null, all, as in the paper.</summary>
    [Range(1, int.MaxValue)] public int? SimilarCells { get; init; }

    /// <summary>In a subpopulation where fewer cells express a gene, its zeros are left as they are: no mixture can be fitted. Default: 5.</summary>
    [Range(2, int.MaxValue)] public int LeastExpressing { get; init; } = 5;

    /// <summary>Seed of components and clusters. Default: 0.</summary>
    public ulong Seed { get; init; }
}
