namespace ScFm.Model.Metrics;

/// <summary>How well two labellings of the same items agree, whatever the labels are called.</summary>
/// <remarks>The values and the degenerate cases are scikit-learn's.</remarks>
public static class ClusterAgreement
{
    /// <summary>Mutual information, nats: sum of p(a,b) ln(p(a,b) / (p(a) p(b))); at least 0.</summary>
    /// <exception cref="ArgumentException">The labellings have different lengths.</exception>
    public static double MutualInformation<TA, TB>(IReadOnlyList<TA> a, IReadOnlyList<TB> b) where TA : notnull where TB : notnull =>
        Contingency.Of(a, b).MutualInformation;

    /// <summary>Normalised mutual information (NMI), in [0, 1]: mutual information over an average of both entropies; 1 where both labellings have one cluster (Strehl and Ghosh, JMLR 2002).</summary>
    /// <exception cref="ArgumentException">The labellings have different lengths.</exception>
    public static double NormalisedMutualInformation<TA, TB>(
        IReadOnlyList<TA> a, IReadOnlyList<TB> b, InformationAverage average = InformationAverage.Arithmetic) where TA : notnull where TB : notnull
    {
        var table = Contingency.Of(a, b);
        var information = table.MutualInformation;
        return table.BothTrivial ? 1 : information == 0 ? 0 : information / Average(table, average);
    }

    /// <summary>Adjusted mutual information (AMI), at most 1 and near 0 for unrelated labels: (MI - E) / (average entropy - E), with E the expectation for random labels (Vinh, Epps and Bailey, JMLR 2010).</summary>
    /// <exception cref="ArgumentException">The labellings have different lengths.</exception>
    public static double AdjustedMutualInformation<TA, TB>(
        IReadOnlyList<TA> a, IReadOnlyList<TB> b, InformationAverage average = InformationAverage.Arithmetic) where TA : notnull where TB : notnull
    {
        var table = Contingency.Of(a, b);
        if (table.BothTrivial)
        {
            return 1;
        }
        var expected = table.ExpectedMutualInformation;
        var range = Average(table, average) - expected;
        // Rounding must not make the range zero or change its sign.
        range = range < 0 ? Math.Min(range, -Math.BitIncrement(1) + 1) : Math.Max(range, Math.BitIncrement(1) - 1);
        return (table.MutualInformation - expected) / range;
    }

    /// <summary>Adjusted Rand index (ARI), at most 1 and near 0 for unrelated labels: agreement over pairs of items, corrected for chance (Hubert and Arabie, 1985).</summary>
    /// <exception cref="ArgumentException">The labellings have different lengths.</exception>
    public static double AdjustedRandIndex<TA, TB>(IReadOnlyList<TA> a, IReadOnlyList<TB> b) where TA : notnull where TB : notnull
    {
        var (together, apart, apartInA, apartInB) = Contingency.Of(a, b).Pairs;
        return apartInA == 0 && apartInB == 0
            ? 1
            : 2 * (together * apart - apartInA * apartInB)
                / ((together + apartInA) * (apartInA + apart) + (together + apartInB) * (apartInB + apart));
    }

    /// <summary>Homogeneity, in [0, 1]: 1 where each cluster holds one class only; 1 - H(class|cluster) / H(class) (Rosenberg and Hirschberg, 2007).</summary>
    /// <exception cref="ArgumentException">The labellings have different lengths.</exception>
    public static double Homogeneity<TA, TB>(IReadOnlyList<TA> classes, IReadOnlyList<TB> clusters) where TA : notnull where TB : notnull
    {
        var table = Contingency.Of(classes, clusters);
        return table.EntropyA == 0 ? 1 : table.MutualInformation / table.EntropyA;
    }

    /// <summary>Completeness, in [0, 1]: 1 where each class lies in one cluster; homogeneity with the roles exchanged.</summary>
    /// <exception cref="ArgumentException">The labellings have different lengths.</exception>
    public static double Completeness<TA, TB>(IReadOnlyList<TA> classes, IReadOnlyList<TB> clusters) where TA : notnull where TB : notnull =>
        Homogeneity(clusters, classes);

    /// <summary>V-measure, in [0, 1]: the harmonic mean of homogeneity and completeness.</summary>
    /// <exception cref="ArgumentException">The labellings have different lengths.</exception>
    public static double VMeasure<TA, TB>(IReadOnlyList<TA> classes, IReadOnlyList<TB> clusters) where TA : notnull where TB : notnull
    {
        var (homogeneity, completeness) = (Homogeneity(classes, clusters), Completeness(classes, clusters));
        return homogeneity + completeness == 0 ? 0 : 2 * homogeneity * completeness / (homogeneity + completeness);
    }

    private static double Average(Contingency table, InformationAverage average)
    {
        var (a, b) = (table.EntropyA, table.EntropyB);
        return average switch
        {
            InformationAverage.Arithmetic => (a + b) / 2,
            InformationAverage.Geometric => Math.Sqrt(a * b),
            InformationAverage.Maximum => Math.Max(a, b),
            InformationAverage.Minimum => Math.Min(a, b),
            _ => throw new ArgumentOutOfRangeException(nameof(average), average, "Unknown average of entropies."),
        };
    }
}
