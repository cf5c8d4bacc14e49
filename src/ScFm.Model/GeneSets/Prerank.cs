using System.Collections.Concurrent;

namespace ScFm.Model.GeneSets;

/// <summary>Gene set enrichment analysis of a ranking that is given.</summary>
/// <remarks>
/// The weighted score, its normalisation and the false discovery rate are those of Subramanian et al., "Gene set enrichment analysis", PNAS 102 (2005); random sets
/// take the place of shuffled samples, of which a ranking has none. P-values and the random share of false discovery rates have one added above and below.
/// </remarks>
public static class Prerank
{
    // Random sets as far out, of which a P-value is known to a third of itself.
    private const int Enough = 10;

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
        var placed = Placed(ranking, sets, chosen);
        var random = Draw(ranking, [.. placed.Select(one => one.Places.Length).Distinct()], chosen, cancellation);

        var found = new EnrichmentResult[placed.Length];
        Parallel.For(0, placed.Length, new ParallelOptions { CancellationToken = cancellation }, i =>
        {
            var (set, places) = placed[i];
            var (score, hit) = ranking.Enrichment(places);
            var draws = random[places.Length];
            var edge = score >= 0 ? places[..(hit + 1)] : places[hit..];
            found[i] = new EnrichmentResult(
                set, places, score, draws.Normalise(score), PValue(ranking, places.Length, score, draws, chosen, cancellation), double.NaN,
                [.. edge.Select(place => ranking.Genes[place])]);
        });
        var rates = FalseDiscoveryRates(found, random);
        return new EnrichmentReport(
            ranking,
            [.. found.Select((one, i) => one with { FalseDiscoveryRate = rates[i] }).OrderByDescending(one => Math.Abs(one.NormalisedScore))],
            sets.Count - placed.Length, chosen);
    }

    /// <summary>The sets that are looked for, each with the places of its genes.</summary>
    /// <exception cref="ArgumentException">No set has enough ranked genes, or each has too many.</exception>
    internal static (GeneSet Set, int[] Places)[] Placed(RankedGenes ranking, IReadOnlyList<GeneSet> sets, PrerankOptions options)
    {
        var placed = sets.Select(set => (Set: set, Places: ranking.PlacesOf(set)))
            .Where(one => one.Places.Length >= options.MinSize && one.Places.Length <= options.MaxSize && one.Places.Length < ranking.Count).ToArray();
        return placed.Length > 0 ? placed : throw new ArgumentException(
            $"None of the {sets.Count} gene sets has {options.MinSize} to {options.MaxSize} of the {ranking.Count} ranked genes, such as '{ranking.Genes[0]}'; expected sets with the same names of genes.");
    }

    private static IReadOnlyDictionary<int, RandomScores> Draw(RankedGenes ranking, int[] sizes, PrerankOptions options, CancellationToken cancellation)
    {
        var drawn = new ConcurrentDictionary<int, RandomScores>();
        Parallel.ForEach(sizes, new ParallelOptions { CancellationToken = cancellation }, size => drawn[size] = RandomScores.Draw(ranking, size, options));
        return drawn;
    }

    private static double PValue(RankedGenes ranking, int size, double score, RandomScores draws, PrerankOptions options, CancellationToken cancellation)
    {
        var (asFar, onSide) = (draws.AsFarAs(score), draws.OnSideOf(score));
        if (!options.SmallPValues || asFar >= Enough || onSide == 0)
        {
            return (asFar + 1.0) / (onSide + 1);
        }
        var tail = RareScore.Probability(ranking, size, score, (ulong)options.Seed, cancellation);
        // among the random sets on the same side
        return Math.Min(1, tail * options.Permutations / onSide);
    }

    /// <summary>On each side of zero: the share of random normalised scores as large, with one added above and below as for P, over that of the sets' own.</summary>
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
                var expected = (drawn.Sum(one => (double)one.Weight * (one.Scores.Length - Rank.Below(one.Scores, score))) + 1) / (all + 1);
                var seen = (own.Length - Rank.Below(own, score)) / (double)own.Length;
                rates[i] = Math.Min(1, expected / seen);
            }
        }
        return rates;
    }
}
