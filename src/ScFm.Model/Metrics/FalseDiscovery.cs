namespace ScFm.Model.Metrics;

/// <summary>P-values corrected for that many were looked at.</summary>
public static class FalseDiscovery
{
    /// <summary>The smallest rate of false discoveries at which each would be called one (Benjamini and Hochberg 1995).</summary>
    /// <param name="pValues">P-values, 0 to 1; NaN stays NaN and does not count.</param>
    /// <returns>One value each, in the same order.</returns>
    public static double[] BenjaminiHochberg(ReadOnlySpan<double> pValues)
    {
        var p = pValues.ToArray();
        var order = Enumerable.Range(0, p.Length).Where(i => !double.IsNaN(p[i])).OrderByDescending(i => p[i]).ToArray();
        var corrected = new double[p.Length];
        Array.Fill(corrected, double.NaN);
        var least = 1.0;
        for (var i = 0; i < order.Length; i++)
        {
            least = Math.Min(least, p[order[i]] * order.Length / (order.Length - i));
            corrected[order[i]] = least;
        }
        return corrected;
    }
}
