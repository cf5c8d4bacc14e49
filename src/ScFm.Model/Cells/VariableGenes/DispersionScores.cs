namespace ScFm.Model.Cells;

/// <summary>What a flavour makes of the genes of one batch.</summary>
/// <param name="Means">The mean as the flavour tells it.</param>
/// <param name="Dispersions">Variance over mean, as the flavour tells it.</param>
/// <param name="Normalised">The dispersion against that of genes of a like mean.</param>
/// <param name="Expressed">The genes that may be chosen; null for all.</param>
internal sealed record DispersionScores(double[] Means, double[] Dispersions, double[] Normalised, int[]? Expressed)
{
    /// <summary>The genes that may be chosen, ascending.</summary>
    internal IEnumerable<int> Genes => Expressed ?? Enumerable.Range(0, Means.Length);

    /// <summary>The same scores among all genes; those that are not among these have zeros.</summary>
    internal DispersionScores Spread(int[] genes, int count) => new(Placed(Means, genes, count), Placed(Dispersions, genes, count), Placed(Normalised, genes, count), genes);

    private static double[] Placed(double[] values, int[] genes, int count)
    {
        var placed = new double[count];
        for (var i = 0; i < genes.Length; i++)
        {
            placed[genes[i]] = values[i];
        }
        return placed;
    }
}
