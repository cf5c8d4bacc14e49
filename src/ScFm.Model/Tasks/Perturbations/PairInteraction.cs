using ScFm.Model.Screens;

namespace ScFm.Model.Tasks.Perturbations;

/// <summary>The interaction of a pair of targets, as it was measured and as methods predict it.</summary>
/// <param name="Pair">The pair.</param>
/// <param name="Context">The context.</param>
/// <param name="Measured">From the cells of the pair and of each target alone.</param>
/// <param name="Predicted">By method: from the predicted change of the pair, and the measured ones of each target alone. Empty where nothing was predicted.</param>
public sealed record PairInteraction(Condition Pair, string Context, GeneticInteraction Measured, IReadOnlyDictionary<string, GeneticInteraction> Predicted);
