using System.Numerics;
using ScFm.Model.Graphs;

namespace ScFm.Model.GeneSets;

/// <summary>The enrichment scores of random sets of one size.</summary>
/// <remarks>All gene sets of a size are compared with the same random sets. Each random set has a stream of its own, so that threads do not change it.</remarks>
internal sealed class RandomScores
{
    private readonly double[] above;
    private readonly double[] below;

    private RandomScores(double[] scores)
    {
        above = [.. scores.Where(score => score >= 0).Order()];
        below = [.. scores.Where(score => score < 0).Select(score => -score).Order()];
        (MeanAbove, MeanBelow) = (Mean(above), Mean(below));
    }

    /// <summary>Mean of the scores that are not below zero; NaN where there is none.</summary>
    internal double MeanAbove { get; }

    /// <summary>Mean size of the scores below zero; NaN where there is none.</summary>
    internal double MeanBelow { get; }

    /// <summary>Scores on the side of a score.</summary>
    internal int OnSideOf(double score) => Side(score).Length;

    /// <summary>Scores on the side of a score that are as far from zero or farther.</summary>
    internal int AsFarAs(double score)
    {
        var side = Side(score);
        return side.Length - Rank.Below(side, Math.Abs(score));
    }

    /// <summary>A score over the mean size of the random ones on its side.</summary>
    internal double Normalise(double score) => score / (score >= 0 ? MeanAbove : MeanBelow);

    /// <summary>The sizes of all normalised random scores on one side, ascending.</summary>
    internal double[] Normalised(bool positive) =>
        positive ? Array.ConvertAll(above, score => score / MeanAbove) : Array.ConvertAll(below, score => score / MeanBelow);

    internal static RandomScores Draw(RankedGenes ranking, int size, PrerankOptions options)
    {
        var scores = new double[options.Permutations];
        var marks = new ulong[(ranking.Count + 63) / 64];
        var hits = new int[size];
        for (var i = 0; i < scores.Length; i++)
        {
            var random = SplitMix.For((ulong)options.Seed, size, i);
            Array.Clear(marks);
            Mark(marks, ranking.Count, size, ref random);
            Collect(marks, hits);
            scores[i] = ranking.Enrichment(hits).Score;
        }
        return new RandomScores(scores);
    }

    // Different places, each as likely; a mark a place instead of a list, which would have to be sorted.
    private static void Mark(ulong[] marks, int count, int size, ref SplitMix random)
    {
        for (var marked = 0; marked < size;)
        {
            var place = random.Next(count);
            var bit = 1UL << (place & 63);
            if ((marks[place >> 6] & bit) == 0)
            {
                marks[place >> 6] |= bit;
                marked++;
            }
        }
    }

    private static void Collect(ulong[] marks, int[] hits)
    {
        var found = 0;
        for (var word = 0; word < marks.Length; word++)
        {
            for (var rest = marks[word]; rest != 0; rest &= rest - 1)
            {
                hits[found++] = (word << 6) + BitOperations.TrailingZeroCount(rest);
            }
        }
    }

    private double[] Side(double score) => score >= 0 ? above : below;

    private static double Mean(double[] values) => values.Length == 0 ? double.NaN : values.Average();
}
