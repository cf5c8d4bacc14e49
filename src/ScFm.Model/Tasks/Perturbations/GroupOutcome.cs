using ScFm.Model.Metrics;
using ScFm.Model.Screens;

namespace ScFm.Model.Tasks.Perturbations;

/// <summary>What a method predicted of one group.</summary>
/// <param name="Condition">The condition's name.</param>
/// <param name="Context">The context's name.</param>
/// <param name="Kind">What kind of question it was; see <see cref="PerturbationSplit.KindOf"/>.</param>
/// <param name="Cells">Cells that were perturbed.</param>
/// <param name="Score">How near the prediction is.</param>
/// <param name="Uncertainty">The model's own uncertainty; null where it gives none.</param>
/// <param name="Top">The genes that change most clearly.</param>
/// <param name="Spreads">How the predicted cells spread for each of these; null where a method predicts a mean only.</param>
/// <param name="Predicted">Predicted mean expression, [genes].</param>
public sealed record GroupOutcome(
    string Condition, string Context, string Kind, int Cells, PerturbationScore Score, double? Uncertainty, string[] Top, Spread[]? Spreads, float[] Predicted);
