namespace ScFm.Model.Screens;

/// <summary>What a method expects of one group.</summary>
/// <param name="Mean">Mean expression of the group's cells, [genes], log1p of counts per 10,000.</param>
/// <param name="Cells">Single predicted cells, [cells][genes], for distributions; null where a method predicts a mean only.</param>
/// <param name="Uncertainty">The model's own uncertainty of the group, larger where it trusts itself less; null where it gives none.</param>
public sealed record PerturbationPrediction(float[] Mean, float[][]? Cells = null, double? Uncertainty = null);
