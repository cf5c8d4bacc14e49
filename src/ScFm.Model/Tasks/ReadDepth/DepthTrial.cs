using ScFm.Model.Cells;

namespace ScFm.Model.Tasks.ReadDepth;

/// <summary>One question of a study: shallow cells whose deep ones are known, put to every method.</summary>
/// <param name="Condition">What was done to the cells, such as "10% of reads"; the same for all seeds.</param>
/// <param name="Seed">Seed of the shallow cells and of the methods.</param>
/// <param name="Data">What says which cells these are; see <see cref="Fingerprint"/>.</param>
/// <param name="Pair">Makes the cells.</param>
/// <param name="Rate">The share of its reads that a shallow cell holds, which a method may be told.</param>
/// <param name="Methods">The methods, in the order of the tables.</param>
public sealed record DepthTrial(string Condition, int Seed, string Data, Func<DepthPair> Pair, double Rate, IReadOnlyList<StudyMethod> Methods)
{
    /// <summary>Trials of simulated shallow sequencing: every rate with every seed.</summary>
    /// <param name="cells">Cells with raw counts that no method was trained on.</param>
    /// <param name="methods">The methods, in the order of the tables.</param>
    /// <param name="rates">The shares of reads to keep, above 0 and below 1. Source of the usual 1, 5, 10 and 20%: scFoundation, Fig. 2B.</param>
    /// <param name="seeds">How many times each cell is thinned anew, from seed 0 on.</param>
    public static IReadOnlyList<DepthTrial> Thinned(Cells.AnnData cells, IReadOnlyList<StudyMethod> methods, IEnumerable<double> rates, int seeds)
    {
        var data = Fingerprint.Of(cells);
        return
        [
            .. from rate in rates
               from seed in Enumerable.Range(0, seeds)
               select new DepthTrial(
                   FormattableString.Invariant($"{100 * rate:0.###}% of reads"), seed, data, () => DepthPair.Thin(cells, rate, seed), rate, methods),
        ];
    }
}
