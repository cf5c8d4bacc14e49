namespace ScFm.Model.Training;

/// <summary>Which cells stand in which batch of an epoch: random, but cells of like length together, so that little is padded.</summary>
public static class BatchPlan
{
    /// <summary>Batches within which lengths are sorted; larger pads less and mixes less.</summary>
    private const int Window = 24;

    /// <summary>The batches of an epoch; each cell stands in one, and all but one of them are full.</summary>
    /// <param name="lengths">Length of each cell, such as its number of expressed genes.</param>
    /// <param name="batchSize">Cells in a batch.</param>
    /// <param name="random">Shuffles cells and batches.</param>
    public static int[][] Shuffled(ReadOnlySpan<int> lengths, int batchSize, Random random)
    {
        var order = new int[lengths.Length];
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }
        random.Shuffle(order);
        var keys = new int[order.Length];
        for (var i = 0; i < order.Length; i++)
        {
            keys[i] = lengths[order[i]];
        }
        for (var start = 0; start < order.Length; start += Window * batchSize)
        {
            var count = Math.Min(Window * batchSize, order.Length - start);
            Array.Sort(keys, order, start, count);
        }
        var batches = order.Chunk(batchSize).ToArray();
        random.Shuffle(batches);
        return batches;
    }
}
