using ScFm.Model.Metrics;

namespace ScFm.Model.Tasks.ReadDepth;

/// <summary>One method's answer to one trial.</summary>
/// <param name="Condition">What was done to the cells.</param>
/// <param name="Rate">The share of its reads that a shallow cell holds.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Method">The method.</param>
/// <param name="Cells">Cells that were scored.</param>
/// <param name="LeftOut">Cells that had no read left.</param>
/// <param name="Scores">How well the deep cells' expressed genes were recovered.</param>
/// <param name="Seconds">Wall time of the method, what it learns from these cells included, a pretraining not.</param>
public sealed record RecoveryOutcome(string Condition, double Rate, int Seed, string Method, int Cells, int LeftOut, RecoveryScores Scores, double Seconds);
