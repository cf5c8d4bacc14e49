using ScFm.Model.Metrics;

namespace ScFm.Model.Tasks.ReadDepth;

/// <summary>The measures of recovered expression.</summary>
public static class RecoveryMeasures
{
    /// <summary>The measures in the order of the tables. X is the truth, P what was recovered.</summary>
    /// <remarks>
    /// The paper's text speaks of percentages that only |P - X| / X can be (a lost gene is 100% wrong), while its formula has a squared numerator: both are given.
    /// </remarks>
    public static IReadOnlyList<Measure<RecoveryScores>> All { get; } =
    [
        new("MAE", scores => scores.MeanAbsoluteError, LowerIsBetter: true),
        new("MRE |P - X| / X", scores => scores.MeanRelativeError, LowerIsBetter: true),
        new("MRE (P - X)² / X", scores => scores.MeanRelativeSquaredError, LowerIsBetter: true),
        new("Pearson", scores => scores.Pearson),
    ];
}
