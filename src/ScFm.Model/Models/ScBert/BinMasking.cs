namespace ScFm.Model.Models.ScBert;

/// <summary>Hides bins of cells, so that a model learns to predict them.</summary>
public static class BinMasking
{
    /// <summary>Chooses genes of a cell by chance, as many as the share says.</summary>
    /// <param name="cell">The cell; left as it is.</param>
    /// <param name="options">How many, and how many of them are masked.</param>
    /// <param name="maskToken">The token that takes a bin's place.</param>
    /// <param name="random">Draws all.</param>
    /// <returns>The cell with its targets; of a cell without a gene above bin 0 there is none.</returns>
    public static MaskedBins Hide(BinnedCell cell, BinMaskingOptions options, int maskToken, Random random)
    {
        int[] order = [.. Enumerable.Range(0, cell.Genes.Length)];
        random.Shuffle(order);
        int[] predicted = [.. order.Take((int)Math.Ceiling(options.Share * order.Length)).Order()];
        var seen = cell.Bins.ToArray();
        foreach (var place in predicted)
        {
            if (random.NextDouble() < options.MaskShare)
            {
                seen[place] = maskToken;
            }
        }
        return new MaskedBins(cell with { Bins = seen }, predicted, [.. predicted.Select(place => cell.Bins[place])]);
    }
}
