namespace ScFm.Model.Metrics;

/// <summary>How well expression is recovered, over entries that are expressed in truth.</summary>
/// <param name="Entries">Number of entries.</param>
/// <param name="MeanAbsoluteError">Mean of |p - t|; NaN without entries.</param>
/// <param name="MeanRelativeError">Mean of |p - t| / t; NaN without entries.</param>
/// <param name="MeanRelativeSquaredError">Mean of (p - t)² / t, the formula of "MRE" in the scFoundation paper's methods; NaN without entries.</param>
/// <param name="Pearson">Pearson's correlation, in [-1, 1]; NaN where it is not defined.</param>
public readonly record struct RecoveryScores(int Entries, double MeanAbsoluteError, double MeanRelativeError, double MeanRelativeSquaredError, double Pearson);
