using MathNet.Numerics.Distributions;
using ScFm.Model.Tables;

namespace ScFm.Model.Corpora;

/// <summary>How well a sampler mixes cells: the entropy of what a batch holds, against that of cells drawn uniformly.</summary>
/// <remarks>
/// Of every full batch of an epoch, the Shannon entropy of its cells' classes is taken; the mean over the batches is divided by the expectation
/// for as many cells drawn uniformly without replacement (exact, by the hypergeometric distribution of each class). So 0 is batches of one class
/// each, as cells in the order of a file by donor give, and 1 is a uniform draw, up to the noise of a finite number of batches.
/// Source of the measure, without the normalisation: scDataset (D'Ascenzo et al. 2025).
/// </remarks>
public static class ShuffleEntropy
{
    private const int Deciles = 10;

    /// <summary>The entropy of the places that cells have in the source, in tenths of it.</summary>
    /// <param name="sampler">The sampler.</param>
    /// <param name="cells">Number of cells of the source.</param>
    /// <param name="batchSize">Cells in a batch, 2 or more.</param>
    /// <param name="epoch">The epoch. Default: 0.</param>
    public static double OfPlaces(CellSampler sampler, int cells, int batchSize, int epoch = 0) =>
        Of(sampler.Order(epoch), [.. Enumerable.Range(0, cells).Select(cell => (int)((long)cell * Deciles / cells))], Deciles, batchSize);

    /// <summary>The entropy of labels, such as cell types or donors.</summary>
    /// <param name="sampler">The sampler.</param>
    /// <param name="labels">The label of each cell; missing ones are a class of their own.</param>
    /// <param name="batchSize">Cells in a batch, 2 or more.</param>
    /// <param name="epoch">The epoch. Default: 0.</param>
    public static double OfLabels(CellSampler sampler, Column labels, int batchSize, int epoch = 0)
    {
        var texts = ColumnLabels.Of(labels);
        var codeOf = GeneAlignment.Places(Array.ConvertAll(texts, label => label ?? ""));
        return Of(sampler.Order(epoch), Array.ConvertAll(texts, label => codeOf[label ?? ""]), codeOf.Count, batchSize);
    }

    private static double Of(int[] order, int[] classOf, int classes, int batchSize)
    {
        if (batchSize < 2 || batchSize > order.Length)
        {
            throw new ArgumentException($"A batch has {batchSize} cells; expected 2 to {order.Length}, the cells of an epoch.", nameof(batchSize));
        }
        var (sum, batches) = (0.0, order.Length / batchSize);
        for (var batch = 0; batch < batches; batch++)
        {
            var counts = new int[classes];
            foreach (var cell in order.AsSpan(batch * batchSize, batchSize))
            {
                counts[classOf[cell]]++;
            }
            sum += counts.Sum(count => Term(count, batchSize));
        }
        var sizes = new int[classes];
        foreach (var cell in classOf)
        {
            sizes[cell]++;
        }
        var expected = sizes.Sum(size => Expected(classOf.Length, size, batchSize));
        return expected > 0 ? sum / batches / expected : 1; // of one class there is nothing to mix
    }

    /// <summary>The mean of a class's term over all draws of a batch.</summary>
    private static double Expected(int cells, int size, int batchSize)
    {
        var drawn = new Hypergeometric(cells, size, batchSize);
        var sum = 0.0;
        for (var count = drawn.Minimum; count <= drawn.Maximum; count++)
        {
            sum += drawn.Probability(count) * Term(count, batchSize);
        }
        return sum;
    }

    private static double Term(int count, int batchSize) => count == 0 ? 0 : -(double)count / batchSize * Math.Log((double)count / batchSize);
}
