namespace ScFm.Model.Corpora;

/// <summary>How the cells of an epoch are drawn.</summary>
public enum SamplingKind
{
    /// <summary>Every cell once, cells of like length in a batch together where the model gains by it, otherwise uniformly.</summary>
    ByLength,

    /// <summary>Every cell once, in an order of which all are equally likely; see <see cref="UniformSampler"/>.</summary>
    Uniform,

    /// <summary>Every cell once, in blocks; see <see cref="BlockShuffledSampler"/>.</summary>
    Blocks,

    /// <summary>With replacement, by the weights in a column of obs; see <see cref="WeightedSampler"/>.</summary>
    Weighted,

    /// <summary>Every label of a column of obs equally often; see <see cref="ClassBalancedSampler"/>.</summary>
    Balanced,
}
