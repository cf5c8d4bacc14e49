using System.ComponentModel.DataAnnotations;

namespace ScFm.Model.Models.Saver;

/// <summary>How SAVER predicts each gene from the others.</summary>
/// <remarks>
/// Source: Huang et al., "SAVER: gene expression recovery for single-cell RNA sequencing", Nature Methods 15 (2018), Methods; five folds, 50 penalties
/// and at most 300 predictors are the authors' settings. The time grows with <see cref="RegressedGenes"/>: see there for less.
/// </remarks>
public sealed record SaverOptions
{
    /// <summary>Genes that get a regression of their own, those of highest mean first; the prior mean of the others is their mean over cells. 0 regresses none, which takes seconds. Default: 3,000.</summary>
    [Range(0, int.MaxValue)] public int RegressedGenes { get; init; } = 3000;

    /// <summary>Genes that others are predicted from, those of highest mean first. Default: 2,000.</summary>
    [Range(1, int.MaxValue)] public int Predictors { get; init; } = 2000;

    /// <summary>A gene that fewer cells express is neither regressed nor a predictor. Default: 10.</summary>
    [Range(1, int.MaxValue)] public int LeastCells { get; init; } = 10;

    /// <summary>Parts that the cells are split into to choose a gene's penalty. Default: 5.</summary>
    [Range(2, 100)] public int Folds { get; init; } = 5;

    /// <summary>Number of penalties that are tried. Default: 50.</summary>
    [Range(2, 1000)] public int PathLength { get; init; } = 50;

    /// <summary>The smallest penalty, as a share of the one that selects nothing. Default: 0.01.</summary>
    [Range(1e-6, 0.99)] public double SmallestPenalty { get; init; } = 0.01;

    /// <summary>No more predictors than this are selected for a gene. Default: 300.</summary>
    [Range(1, int.MaxValue)] public int MostSelected { get; init; } = 300;

    /// <summary>Seed of the split into folds. Default: 0.</summary>
    public int Seed { get; init; }
}
