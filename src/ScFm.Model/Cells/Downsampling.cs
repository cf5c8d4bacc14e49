using MathNet.Numerics.Distributions;

namespace ScFm.Model.Cells;

/// <summary>Simulates shallower sequencing: of every count, each read is kept with the same probability.</summary>
public static class Downsampling
{
    // Below this many trials, counting single draws is faster than splitting by a Beta order statistic.
    private const int FewTrials = 32;

    /// <summary>Thins every cell at one rate.</summary>
    /// <param name="counts">Raw counts, [cells, genes]; left as they are.</param>
    /// <param name="rate">The share of reads to keep, 0 to 1.</param>
    /// <param name="seed">The same seed gives the same counts.</param>
    /// <returns>Counts of the same shape; what became zero is no longer stored.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The rate is outside 0 to 1.</exception>
    public static CsrMatrix Binomial(CsrMatrix counts, double rate, int seed)
    {
        var rates = new double[counts.Rows];
        Array.Fill(rates, rate);
        return Binomial(counts, rates, seed);
    }

    /// <summary>Thins every cell at its own rate.</summary>
    /// <param name="counts">Raw counts, [cells, genes]; left as they are.</param>
    /// <param name="rates">The share of reads to keep of each cell, 0 to 1.</param>
    /// <param name="seed">The same seed gives the same counts.</param>
    /// <exception cref="ArgumentException">There is not one rate a cell.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A rate is outside 0 to 1.</exception>
    public static CsrMatrix Binomial(CsrMatrix counts, double[] rates, int seed)
    {
        if (rates.Length != counts.Rows)
        {
            throw new ArgumentException($"There are {rates.Length} rates; expected {counts.Rows}, one a cell.", nameof(rates));
        }
        var random = new Random(seed);
        return counts.MapRows((row, values) => Binomial(values, rates[row], random, values)).WithoutZeros();
    }

    /// <summary>Thins one cell.</summary>
    /// <param name="counts">Whole numbers that are not negative.</param>
    /// <param name="rate">The share of reads to keep, 0 to 1.</param>
    /// <param name="random">The source of chance.</param>
    /// <param name="thinned">Gets the result, as long as <paramref name="counts"/>; may be the same memory.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is outside 0 to 1.</exception>
    public static void Binomial(ReadOnlySpan<float> counts, double rate, Random random, Span<float> thinned)
    {
        if (!(rate >= 0 && rate <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(rate), FormattableString.Invariant($"The rate is {rate}; expected 0 to 1."));
        }
        for (var i = 0; i < counts.Length; i++)
        {
            thinned[i] = Binomial((long)counts[i], rate, random);
        }
    }

    /// <summary>One draw from the binomial distribution, exact for any number of trials.</summary>
    /// <remarks>
    /// Many trials are split at the median order statistic of their uniform variates, which is Beta distributed, and only one side is
    /// followed: the time grows with the logarithm of the trials (Devroye 1986, Non-Uniform Random Variate Generation, chapter X.4, recursive methods).
    /// </remarks>
    /// <param name="trials">Number of trials, 0 or more.</param>
    /// <param name="probability">Probability of success of each, 0 to 1.</param>
    /// <param name="random">The source of chance.</param>
    public static long Binomial(long trials, double probability, Random random)
    {
        if (probability is <= 0 or >= 1)
        {
            return probability >= 1 ? trials : 0;
        }
        long successes = 0;
        while (trials > FewTrials)
        {
            var middle = trials / 2 + 1;
            var split = Beta.Sample(random, middle, trials + 1 - middle);
            if (split <= probability)
            {
                successes += middle;
                trials -= middle;
                probability = (probability - split) / (1 - split);
            }
            else
            {
                trials = middle - 1;
                probability /= split;
            }
        }
        for (; trials > 0; trials--)
        {
            successes += random.NextDouble() < probability ? 1 : 0;
        }
        return successes;
    }
}
