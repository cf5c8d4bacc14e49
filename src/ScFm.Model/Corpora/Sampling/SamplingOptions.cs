using System.ComponentModel.DataAnnotations;
using ScFm.Model.Tables;

namespace ScFm.Model.Corpora;

/// <summary>How a training draws its cells.</summary>
public sealed record SamplingOptions
{
    /// <summary>The way of drawing. Default: by length.</summary>
    public SamplingKind Kind { get; init; }

    /// <summary>The column of obs with the weights (Weighted) or labels (Balanced). Default: none.</summary>
    public string? Column { get; init; }

    /// <summary>Neighbouring cells that are read together (Blocks), 1 or more. Default: 32.</summary>
    [Range(1, int.MaxValue)] public int BlockSize { get; init; } = 32;

    /// <summary>Blocks whose cells are shuffled among each other (Blocks), 1 or more. Default: 256.</summary>
    [Range(1, int.MaxValue)] public int BufferBlocks { get; init; } = 256;

    /// <summary>Checks ranges, and that a column is named where one is needed.</summary>
    /// <exception cref="ArgumentException">One is not as it must be; the message says what is expected.</exception>
    public SamplingOptions Validated() => Options.Validate(this) switch
    {
        { Kind: SamplingKind.Weighted or SamplingKind.Balanced, Column: null } => throw new ArgumentException($"Sampling is {Kind} and {nameof(Column)} is not given; expected the name of a column of obs."),
        _ => this,
    };

    /// <summary>The sampler for some cells; null where they are drawn by length, which only the model knows.</summary>
    /// <param name="obs">What is known of the cells to draw from, one row a cell.</param>
    /// <param name="seed">Seed of the draws.</param>
    /// <exception cref="KeyNotFoundException">There is no such column.</exception>
    /// <exception cref="ArgumentException">The column has no numbers where these are the weights, or no label.</exception>
    public CellSampler? Sampler(Table obs, int seed) => Kind switch
    {
        SamplingKind.Uniform => new UniformSampler(obs.RowCount, seed),
        SamplingKind.Blocks => new BlockShuffledSampler(obs.RowCount, BlockSize, BufferBlocks, seed),
        SamplingKind.Weighted => new WeightedSampler(Weights(obs[Column!]), seed: seed),
        SamplingKind.Balanced => new ClassBalancedSampler(obs[Column!], seed: seed),
        _ => null,
    };

    private static double[] Weights(Column column) => column switch
    {
        NumberColumn numbers => numbers.Values.ToArray(),
        IntegerColumn integers => [.. integers.Values.ToArray().Select(value => (double)value)],
        _ => throw new ArgumentException($"The column '{column.Name}' has texts such as '{column.Text(0)}'; expected numbers as weights."),
    };
}
