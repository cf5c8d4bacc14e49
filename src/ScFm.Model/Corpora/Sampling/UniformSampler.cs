namespace ScFm.Model.Corpora;

/// <summary>Every cell once an epoch, in an order of which all are equally likely.</summary>
/// <param name="cells">Number of cells.</param>
/// <param name="seed">Seed of the orders. Default: 0.</param>
/// <param name="rank">Which process this is. Default: 0.</param>
/// <param name="ranks">Number of processes. Default: 1.</param>
public sealed class UniformSampler(int cells, int seed = 0, int rank = 0, int ranks = 1) : CellSampler(cells, seed, rank, ranks)
{
    private protected override string Kind => $"uniform over {Draws} cells";

    private protected override int[] Whole(Random random)
    {
        var order = Enumerable.Range(0, Draws).ToArray();
        random.Shuffle(order);
        return order;
    }
}
