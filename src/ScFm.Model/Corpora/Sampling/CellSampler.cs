using ScFm.Model.Training;

namespace ScFm.Model.Corpora;

/// <summary>Says in which order cells are taken in an epoch.</summary>
/// <remarks>
/// An order depends on the seed and the epoch alone, so a run that stopped goes on exactly from two numbers, the epoch and the position in it.
/// Several processes with the same seed and ranks 0, 1, ... share an epoch: each takes a stretch of one length, none twice; where the length
/// is not a multiple of their number, the last few of the order are left out, others in each epoch.
/// Memory: 4 bytes a cell for an order, beside what a sampler says itself.
/// </remarks>
public abstract class CellSampler
{
    private readonly int seed;
    private readonly int rank;
    private readonly int ranks;

    /// <summary>Takes what all samplers have.</summary>
    /// <param name="draws">Cells in an epoch of all ranks.</param>
    /// <param name="seed">Seed of the orders.</param>
    /// <param name="rank">Which process this is, 0 or more and less than <paramref name="ranks"/>.</param>
    /// <param name="ranks">Number of processes, 1 or more.</param>
    private protected CellSampler(int draws, int seed, int rank, int ranks)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(ranks, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(rank);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(rank, ranks);
        if (draws < ranks)
        {
            throw new ArgumentException($"There are {draws} cells for {ranks} processes; expected at least one each.");
        }
        (Draws, this.seed, this.rank, this.ranks) = (draws, seed, rank, ranks);
    }

    /// <summary>Cells that this rank takes in an epoch.</summary>
    public int Length => Draws / ranks;

    /// <summary>The cells of an epoch in order, those of this rank.</summary>
    /// <param name="epoch">The epoch.</param>
    public int[] Order(int epoch) => Whole(Seeds.For(seed, epoch)).AsSpan(rank * Length, Length).ToArray();

    /// <summary>The cells of an epoch in batches of this rank; all but the last are full.</summary>
    /// <param name="epoch">The epoch.</param>
    /// <param name="batchSize">Cells in a batch, 1 or more.</param>
    public int[][] Batches(int epoch, int batchSize) => [.. Order(epoch).Chunk(batchSize)];

    /// <summary>How cells are drawn, in words that change with all that changes an order.</summary>
    public sealed override string ToString() => $"{Kind}, seed {seed}{(ranks > 1 ? $", rank {rank} of {ranks}" : "")}";

    /// <summary>Cells in an epoch of all ranks.</summary>
    private protected int Draws { get; }

    /// <summary>The way of drawing, with its own settings.</summary>
    private protected abstract string Kind { get; }

    /// <summary>The order of all ranks together.</summary>
    private protected abstract int[] Whole(Random random);
}
