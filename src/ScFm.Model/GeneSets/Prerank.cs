using System.Collections.Concurrent;

namespace ScFm.Model.GeneSets;

/// <summary>Gene set enrichment analysis of a ranking that is given.</summary>
/// <remarks>
/// The weighted score, its normalisation and the false discovery rate are those of Subramanian et al., "Gene set enrichment analysis", PNAS 102 (2005); random sets
/// take the place of shuffled samples, of which a ranking has none. P-values have one added above and below.
/// </remarks>
public static class Prerank
{
    /// <summary>Looks for sets that lie at the top or the bottom of a ranking.</summary>
    /// <param name="genes">The genes' names, each once, in any order.</param>
    /// <param name="scores">One finite score a gene, by which they are ranked.</param>
    /// <param name="sets">The gene sets.</param>
    /// <param name="options">How. Default: the defaults of <see cref="PrerankOptions"/>.</param>
    /// <param name="cancellation">Stops the search.</param>
    /// <returns>The same whatever the number of threads.</returns>
    /// <exception cref="ArgumentException">An option is out of range, the ranking is malformed, or no set has enough ranked genes.</exception>
    /// <example><code>var report = Prerank.Run(genes, loadings, GeneSetFile.Read("h.all.v7.0.symbols.gmt"));</code></example>
    public static EnrichmentReport Run(
        IReadOnlyList<string> genes, IReadOnlyList<double> scores, IReadOnlyList<GeneSet> sets, PrerankOptions? options = null, CancellationToken cancellation = default)
    {
        var chosen = Options.Validate(options ?? new PrerankOptions());
        var ranking = new RankedGenes(genes, scores, chosen.Weight);
        var placed = sets.Select(set => (Set: set, Places: ranking.PlacesOf(set)))
            .Where(one => one.Places.Length >= chosen.MinSize && one.Places.Length <= chosen.MaxSize && one.Places.Length < ranking.Count).ToArray();
        if (placed.Length == 0)
        {
            throw new ArgumentException(
                $"None of the {sets.Count} gene sets has {chosen.MinSize} to {chosen.MaxSize} of the {ranking.Count} ranked genes, such as '{ranking.Genes[0]}'; expected sets with the same names of genes.");
        }
        var random = Draw(ranking, [.. placed.Select(one => one.Places.Length).Distinct()], chosen, cancellation);

        var found = Array.ConvertAll(placed, one =>
        {
            var (score, hit) = ranking.Enrichment(one.Places);
            var draws = random[one.Places.Length];
            var edge = score >= 0 ? one.Places[..(hit + 1)] : one.Places[hit..];
            var p = (draws.AsFarAs(score) + 1.0) / (draws.OnSideOf(score) + 1);
            return new EnrichmentResult(one.Set, one.Places, score, draws.Normalise(score), p, double.NaN, [.. edge.Select(place => ranking.Genes[place])]);
        });
        var rates = FalseDiscoveryRates(found, random);
        return new EnrichmentReport(
            ranking,
            [.. found.Select((one, i) => one with { FalseDiscoveryRate = rates[i] }).OrderByDescending(one => Math.Abs(one.NormalisedScore))],
            sets.Count - placed.Length, chosen);
    }

    private static IReadOnlyDictionary<int, RandomScores> Draw(RankedGenes ranking, int[] sizes, PrerankOptions options, CancellationToken cancellation)
    {
        var drawn = new ConcurrentDictionary<int, RandomScores>();
        Parallel.ForEach(sizes, new ParallelOptions { CancellationToken = cancellation }, size => drawn[size] = RandomScores.Draw(ranking, size, options));
        return drawn;
    }

    /// <summary>On each side of zero: the share of random normalised scores as large, over that of the sets' own.</summary>
    private static double[] FalseDiscoveryRates(EnrichmentResult[] found, IReadOnlyDictionary<int, RandomScores> random)
    {
        var rates = new double[found.Length];
        Array.Fill(rates, double.NaN);
        foreach (var positive in (ReadOnlySpan<bool>)[true, false])
        {
            int[] side = [.. Enumerable.Range(0, found.Length).Where(i => found[i].Score >= 0 == positive && !double.IsNaN(found[i].NormalisedScore))];
            double[] own = [.. side.Select(i => Math.Abs(found[i].NormalisedScore)).Order()];
            // a random set stands for each gene set of its size
            var drawn = found.GroupBy(one => one.Places.Length).Select(size => (Weight: size.Count(), Scores: random[size.Key].Normalised(positive))).ToArray();
            var all = drawn.Sum(one => (double)one.Weight * one.Scores.Length);
            foreach (var i in side)
            {
                var score = Math.Abs(found[i].NormalisedScore);
                var expected = drawn.Sum(one => (double)one.Weight * (one.Scores.Length - Rank.Below(one.Scores, score))) / all;
                var seen = (own.Length - Rank.Below(own, score)) / (double)own.Length;
                rates[i] = Math.Min(1, expected / seen);
            }
        }
        return rates;
    }
}
