using System.ComponentModel.DataAnnotations;

namespace ScFm.Model.Cells;

/// <summary>How variable genes are found; the defaults are scanpy's.</summary>
public sealed record VariableGeneOptions
{
    /// <summary>What makes a gene variable. Default: Seurat.</summary>
    public VariableGeneFlavour Flavour { get; init; } = VariableGeneFlavour.Seurat;

    /// <summary>How many genes, 1 or more; fewer are given where fewer vary. Null takes all between the limits below, which otherwise do not count. Default: 2,000.</summary>
    [Range(1, int.MaxValue)] public int? Count { get; init; } = 2000;

    /// <summary>The column of obs that tells batches apart: genes are found in each, and those that most batches agree on are taken. Default: none, all cells at once.</summary>
    public string? BatchKey { get; init; }

    /// <summary>True where the values are log1p of scaled counts; false where they are raw counts, which are scaled to 10,000 a cell. SeuratV3 takes raw counts only. Default: false.</summary>
    public bool LogNormalised { get; init; }

    /// <summary>Of Seurat: number of ranges of the mean. Default: 20.</summary>
    [Range(1, 10_000)] public int Bins { get; init; } = 20;

    /// <summary>Of SeuratV3: the share of the genes that the curve looks at for each. Default: 0.3.</summary>
    [Range(0.01, 1)] public double Span { get; init; } = 0.3;

    /// <summary>Without <see cref="Count"/>: the mean is above this. Default: 0.0125.</summary>
    public double MinMean { get; init; } = 0.0125;

    /// <summary>Without <see cref="Count"/>: the mean is below this. Default: 3.</summary>
    public double MaxMean { get; init; } = 3;

    /// <summary>Without <see cref="Count"/>: the normalised dispersion is above this. Default: 0.5.</summary>
    public double MinDispersion { get; init; } = 0.5;

    /// <summary>Without <see cref="Count"/>: the normalised dispersion is below this. Default: any.</summary>
    public double MaxDispersion { get; init; } = double.PositiveInfinity;

    internal VariableGeneOptions Validated()
    {
        Options.Validate(this);
        if (Flavour == VariableGeneFlavour.SeuratV3 && (LogNormalised || Count is null))
        {
            throw new ArgumentException(LogNormalised
                ? "The flavour SeuratV3 was asked for log-normalised values; expected raw counts, or another flavour."
                : "The flavour SeuratV3 was given no count of genes; expected one, since it has no limits.");
        }
        return this;
    }
}
