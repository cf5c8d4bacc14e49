namespace ScFm.Model.Metrics.Classification;

/// <summary>How well items of a class are recognised, or of all classes in the mean.</summary>
/// <param name="Precision">Of the items that were put into the class, the share that belongs there; 0 where none was.</param>
/// <param name="Recall">Of the items that belong there, the share that was put into the class; 0 where there is none.</param>
/// <param name="F1">The harmonic mean of both: 2 hits / (items of the class + items put there).</param>
/// <param name="Support">Number of items that belong there.</param>
public readonly record struct ClassScores(double Precision, double Recall, double F1, long Support)
{
    /// <summary>The scores of three counts.</summary>
    /// <param name="hits">Items of the class that were put into it.</param>
    /// <param name="support">Items of the class.</param>
    /// <param name="predicted">Items that were put into it.</param>
    internal static ClassScores Of(long hits, long support, long predicted) =>
        new(Share(hits, predicted), Share(hits, support), Share(2 * hits, support + predicted), support);

    private static double Share(long part, long whole) => whole == 0 ? 0 : (double)part / whole;
}
