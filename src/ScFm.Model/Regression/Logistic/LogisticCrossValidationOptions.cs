using System.ComponentModel.DataAnnotations;

namespace ScFm.Model.Regression.Logistic;

/// <summary>Among which values C is chosen, and by how many folds.</summary>
public sealed record LogisticCrossValidationOptions
{
    /// <summary>The smallest C. Default: 0.001.</summary>
    [Range(1e-10, 1e10)] public double Smallest { get; init; } = 1e-3;

    /// <summary>The largest C. Default: 10,000.</summary>
    [Range(1e-10, 1e10)] public double Largest { get; init; } = 1e4;

    /// <summary>Number of values, in equal ratios. Default: 8, a decade apart.</summary>
    [Range(1, 1000)] public int Values { get; init; } = 8;

    /// <summary>Number of folds. Default: 5.</summary>
    [Range(2, 1000)] public int Folds { get; init; } = 5;

    /// <summary>The duality gap that suffices to tell values apart, as a share of the objective. Default: 0.01.</summary>
    [Range(1e-14, 0.5)] public double Tolerance { get; init; } = 1e-2;

    /// <summary>Beyond the first C under which this share of the loss without predictors is left, or less, a fold's solution is kept as it is, since it has nothing more to learn. Default: 0.001.</summary>
    /// <remarks>The rule by which glmnet ends a path (Friedman, Hastie and Tibshirani, 2010); 0 turns it off.</remarks>
    [Range(0.0, 0.5)] public double Saturation { get; init; } = 1e-3;

    /// <summary>The values, ascending.</summary>
    public double[] Grid() =>
        [.. Enumerable.Range(0, Values).Select(i => Smallest * Math.Pow(Largest / Smallest, (double)i / Math.Max(1, Values - 1)))];
}
