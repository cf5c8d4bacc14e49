using ScFm.Model.Metrics;

namespace ScFm.Model.Tasks.ReadDepth;

/// <summary>One column of the scores of recovery.</summary>
/// <param name="Name">What tables and figures call it.</param>
/// <param name="Of">Its value.</param>
/// <param name="LowerIsBetter">True for an error, false for an agreement.</param>
public sealed record RecoveryScore(string Name, Func<RecoveryScores, double> Of, bool LowerIsBetter)
{
    /// <summary>The scores in the order of the tables. X is the truth, P what was recovered.</summary>
    /// <remarks>
    /// The paper's text speaks of percentages that only |P - X| / X can be (a lost gene is 100% wrong), while its formula has a squared numerator: both are given.
    /// </remarks>
    public static IReadOnlyList<RecoveryScore> All { get; } =
    [
        new("MAE", scores => scores.MeanAbsoluteError, true),
        new("MRE |P - X| / X", scores => scores.MeanRelativeError, true),
        new("MRE (P - X)² / X", scores => scores.MeanRelativeSquaredError, true),
        new("Pearson", scores => scores.Pearson, false),
    ];
}
