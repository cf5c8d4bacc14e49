using System.ComponentModel.DataAnnotations;

namespace ScFm.Model.Regression;

/// <summary>How a LASSO is solved.</summary>
/// <remarks>Friedman, Hastie and Tibshirani, "Regularization paths for generalized linear models via coordinate descent", J. Stat. Softw. 33 (2010).</remarks>
public sealed record LassoOptions
{
    /// <summary>Number of penalties on a path. Default: 100.</summary>
    [Range(1, 10_000)] public int PathLength { get; init; } = 100;

    /// <summary>The smallest penalty of a path, as a share of the one under which every coefficient is zero. Default: 0.001.</summary>
    [Range(1e-8, 0.999)] public double SmallestShare { get; init; } = 1e-3;

    /// <summary>Whether predictors are penalised as if each had unit variance. Default: true.</summary>
    public bool Standardise { get; init; } = true;

    /// <summary>An iteration ends when no step would change the mean deviance by more than this share of that without predictors. Default: 1e-7.</summary>
    [Range(1e-16, 0.1)] public double Tolerance { get; init; } = 1e-7;

    /// <summary>Cross-validation ends after so many penalties beyond the best one. Default: 10.</summary>
    [Range(1, int.MaxValue)] public int Patience { get; init; } = 10;

    /// <summary>A path ends where more coefficients than this are not zero. Default: no limit.</summary>
    [Range(1, int.MaxValue)] public int MostPredictors { get; init; } = int.MaxValue;
}
