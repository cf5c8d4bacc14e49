using MathNet.Numerics;
using ScFm.Model.Graphs;

namespace ScFm.Model.GeneSets;

/// <summary>How likely a random set lies as far out as hardly one does.</summary>
/// <remarks>
/// Multilevel splitting: of some random sets the farther half is kept and doubled, and genes are exchanged one by one so that no set falls below the half's level;
/// each level halves the probability. Source: Korotkevich, Sukhov and Sergushichev, "Fast gene set enrichment analysis" (2021), the multilevel variant.
/// The standard error of log2(P) is about 0.15 times the root of its size.
/// </remarks>
internal sealed class RareScore
{
    private const int Samples = 101;
    private const int MostLevels = 166; // 2^-166 is 1e-50
    private const int MostSweeps = 40;

    private readonly RankedGenes ranking;
    private readonly bool positive;
    private readonly int[][] sets;
    private readonly double[] scores;
    private readonly int[] trial;
    private SplitMix random;

    private RareScore(RankedGenes ranking, int size, bool positive, ulong seed)
    {
        (this.ranking, this.positive, trial) = (ranking, positive, new int[size]);
        random = SplitMix.For(seed, size, positive ? -1 : -2);
        sets = [.. Enumerable.Range(0, Samples).Select(_ => Draw(size))];
        scores = Array.ConvertAll(sets, Score);
    }

    /// <summary>The probability that a random set's peak (of a score below zero: its pit) is as far from zero.</summary>
    /// <param name="ranking">The ranking.</param>
    /// <param name="size">Number of genes of the set.</param>
    /// <param name="score">Its enrichment score.</param>
    /// <param name="seed">Seed.</param>
    /// <param name="cancellation">Stops the estimate.</param>
    internal static double Probability(RankedGenes ranking, int size, double score, ulong seed, CancellationToken cancellation) =>
        new RareScore(ranking, size, score >= 0, seed).Estimate(Math.Abs(score), cancellation);

    private double Estimate(double score, CancellationToken cancellation)
    {
        // the mean logarithm of the share above the median of so many
        var step = SpecialFunctions.DiGamma((Samples + 1) / 2.0) - SpecialFunctions.DiGamma(Samples + 1);
        for (var level = 0; level < MostLevels; level++)
        {
            cancellation.ThrowIfCancellationRequested();
            Array.Sort(scores, sets);
            var median = scores[Samples / 2];
            // where half of them have the highest value there is, no level lies above
            if (score <= median || median == scores[^1])
            {
                return Math.Exp(level * step) * Math.Max(1, scores.Count(value => value >= score)) / Samples;
            }
            for (var i = 0; i < Samples / 2; i++)
            {
                var from = Samples / 2 + random.Next(Samples - Samples / 2);
                (sets[i], scores[i]) = ([.. sets[from]], scores[from]);
            }
            Mix(median);
        }
        return Math.Exp(MostLevels * step);
    }

    // Until half the genes of every set were exchanged, on average.
    private void Mix(double level)
    {
        var wanted = (long)Samples * trial.Length / 2;
        for (var sweep = 0; wanted > 0 && sweep < MostSweeps; sweep++)
        {
            for (var i = 0; i < Samples; i++)
            {
                for (var move = 0; move < trial.Length; move++)
                {
                    wanted -= Exchange(i, level) ? 1 : 0;
                }
            }
        }
    }

    private bool Exchange(int sample, double level)
    {
        var set = sets[sample];
        var (left, place) = (random.Next(set.Length), random.Next(ranking.Count));
        var at = Array.BinarySearch(set, place);
        if (at >= 0)
        {
            return false;
        }
        at = ~at;
        // one leaves and one comes; those between move by one
        set.CopyTo(trial, 0);
        if (at > left)
        {
            Array.Copy(set, left + 1, trial, left, --at - left);
        }
        else
        {
            Array.Copy(set, at, trial, at + 1, left - at);
        }
        trial[at] = place;
        var score = Score(trial);
        if (score < level)
        {
            return false;
        }
        trial.CopyTo(set, 0);
        scores[sample] = score;
        return true;
    }

    private double Score(int[] hits)
    {
        var (peak, _, pit, _) = ranking.Extremes(hits);
        return positive ? peak : -pit;
    }

    private int[] Draw(int size)
    {
        var places = new SortedSet<int>();
        while (places.Count < size)
        {
            places.Add(random.Next(ranking.Count));
        }
        return [.. places];
    }
}
