using ScFm.Model.Cells;

namespace ScFm.Model.Corpora;

/// <summary>Cells drawn with replacement, each as often as its weight says. Takes 8 bytes a cell more.</summary>
public sealed class WeightedSampler : CellSampler
{
    private readonly double[] upTo;
    private readonly string weighed;

    /// <summary>Makes the sampler.</summary>
    /// <param name="weights">A weight a cell, 0 or more; their sum has no meaning.</param>
    /// <param name="draws">Draws of an epoch; 0 takes as many as there are cells. Default: 0.</param>
    /// <param name="seed">Seed of the draws. Default: 0.</param>
    /// <param name="rank">Which process this is. Default: 0.</param>
    /// <param name="ranks">Number of processes. Default: 1.</param>
    /// <exception cref="ArgumentException">A weight is negative or no number, or all are zero.</exception>
    public WeightedSampler(ReadOnlySpan<double> weights, int draws = 0, int seed = 0, int rank = 0, int ranks = 1)
        : base(draws > 0 ? draws : weights.Length, seed, rank, ranks)
    {
        upTo = new double[weights.Length];
        var sum = 0.0;
        for (var cell = 0; cell < weights.Length; cell++)
        {
            if (!(weights[cell] >= 0 && double.IsFinite(weights[cell])))
            {
                throw new ArgumentException(FormattableString.Invariant($"The weight of cell {cell} is {weights[cell]}; expected a number of 0 or more."), nameof(weights));
            }
            upTo[cell] = sum += weights[cell];
        }
        if (!(sum > 0 && double.IsFinite(sum)))
        {
            throw new ArgumentException(FormattableString.Invariant($"The weights of all {weights.Length} cells together are {sum}; expected more than 0."), nameof(weights));
        }
        weighed = FormattableString.Invariant($"{Draws} draws of {weights.Length} cells by weights of {sum:R} together ({Fingerprint.Of<double>(upTo)})");
    }

    private protected override string Kind => weighed;

    private protected override int[] Whole(Random random)
    {
        var order = new int[Draws];
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = At(random.NextDouble() * upTo[^1]);
        }
        return order;
    }

    /// <summary>The first cell up to which the weights sum to more than this; one of weight zero is never it.</summary>
    private int At(double sum)
    {
        var (low, high) = (0, upTo.Length - 1);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = upTo[middle] > sum ? (low, middle) : (middle + 1, high);
        }
        return low;
    }
}
