namespace ScFm.Model.GeneSets;

/// <summary>How one gene set lies in a ranking.</summary>
/// <param name="Set">The gene set.</param>
/// <param name="Places">The places of its ranked genes, from 0, ascending.</param>
/// <param name="Score">The enrichment score, in [-1, 1]: above zero where the set lies at the top.</param>
/// <param name="NormalisedScore">The score over the mean size of those of random sets of its size, on the same side of zero; NaN where there is none.</param>
/// <param name="PValue">How likely a random set on the same side lies as far out: (as far + 1) / (on that side + 1), which is never zero (Phipson and Smyth 2010); where few are, see <see cref="PrerankOptions.SmallPValues"/>.</param>
/// <param name="FalseDiscoveryRate">q: the share of random normalised scores as large, (as large + 1) / (all + 1) and so never zero, over the share of those of the sets looked at; at most 1.</param>
/// <param name="LeadingEdge">The genes that make the score, from the end of the ranking to the peak.</param>
public sealed record EnrichmentResult(
    GeneSet Set, int[] Places, double Score, double NormalisedScore, double PValue, double FalseDiscoveryRate, IReadOnlyList<string> LeadingEdge);
