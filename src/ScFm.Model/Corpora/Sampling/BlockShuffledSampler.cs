namespace ScFm.Model.Corpora;

/// <summary>Every cell once an epoch: blocks of neighbouring cells in random order, and the cells of some blocks at a time among each other.</summary>
/// <remarks>
/// For cells that are read from a file much faster in stretches than one by one. How near this comes to a uniform order depends on the file:
/// <see cref="ShuffleEntropy"/> measures it. A store that was shuffled when it was built needs no more than its own order.
/// </remarks>
public sealed class BlockShuffledSampler : CellSampler
{
    private readonly int blockSize;
    private readonly int bufferBlocks;

    /// <summary>Makes the sampler.</summary>
    /// <param name="cells">Number of cells.</param>
    /// <param name="blockSize">Neighbouring cells that are read together, 1 or more; 1 is a uniform order. Default: 32.</param>
    /// <param name="bufferBlocks">Blocks whose cells are shuffled among each other, 1 or more. Default: 256.</param>
    /// <param name="seed">Seed of the orders. Default: 0.</param>
    /// <param name="rank">Which process this is. Default: 0.</param>
    /// <param name="ranks">Number of processes. Default: 1.</param>
    public BlockShuffledSampler(int cells, int blockSize = 32, int bufferBlocks = 256, int seed = 0, int rank = 0, int ranks = 1) : base(cells, seed, rank, ranks)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(blockSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(bufferBlocks, 1);
        (this.blockSize, this.bufferBlocks) = (blockSize, bufferBlocks);
    }

    private protected override string Kind => $"blocks of {blockSize} of {Draws} cells, {bufferBlocks} blocks at a time";

    private protected override int[] Whole(Random random)
    {
        var blocks = Enumerable.Range(0, (int)(((long)Draws + blockSize - 1) / blockSize)).ToArray();
        random.Shuffle(blocks);
        var (order, at) = (new int[Draws], 0);
        foreach (var together in blocks.Chunk(bufferBlocks))
        {
            var start = at;
            foreach (var block in together)
            {
                var first = block * blockSize;
                for (var cell = first; cell < Math.Min((long)first + blockSize, Draws); cell++)
                {
                    order[at++] = cell;
                }
            }
            random.Shuffle(order.AsSpan(start..at));
        }
        return order;
    }
}
