namespace ScFm.Model.Models.ScGpt;

/// <summary>Brings the values of a cell that are not zero to bins that hold as many of them each; 0 stays bin 0.</summary>
/// <remarks>
/// The edges are quantiles of the cell's own values. Values that several edges are equal to, such as the many counts of 1, are spread over the bins between by chance.
/// Bins depend on the order of the values alone: raw counts and their logarithms give the same. Source: scGPT (Cui et al. 2024), Methods, "Input embeddings"; reference
/// file scgpt/preprocess.py (binning, _digitize).
/// </remarks>
public static class ValueBinning
{
    /// <summary>The edges between the bins: quantiles at equal steps, linear between two values.</summary>
    /// <param name="ascending">The values that are not zero, ascending; at least one.</param>
    /// <param name="bins">Number of bins, that of zeros among them.</param>
    /// <returns><paramref name="bins"/> - 1 edges, ascending.</returns>
    public static double[] Edges(ReadOnlySpan<double> ascending, int bins)
    {
        var edges = new double[bins - 1];
        var step = 1.0 / (edges.Length - 1);
        for (var i = 0; i < edges.Length; i++)
        {
            // as NumPy rounds it: an edge that is a value or next to one decides where that value goes
            var at = (i == edges.Length - 1 ? 1 : i * step) * (ascending.Length - 1);
            var below = Math.Min((int)at, ascending.Length - 1);
            var (low, high, share) = (ascending[below], ascending[Math.Min(below + 1, ascending.Length - 1)], at - below);
            edges[i] = share < 0.5 ? low + (high - low) * share : high - (high - low) * (1 - share);
        }
        return edges;
    }

    /// <summary>The lowest and the highest bin that a value may come to.</summary>
    public static (int Lowest, int Highest) Range(double value, ReadOnlySpan<double> edges)
    {
        var (below, upTo) = (Count(edges, value, orEqual: false), Count(edges, value, orEqual: true));
        return (Math.Min(below + 1, upTo), upTo);
    }

    /// <summary>The bins of a cell's values.</summary>
    /// <param name="values">The values that are not zero.</param>
    /// <param name="bins">Number of bins, that of zeros among them; 3 or more.</param>
    /// <param name="random">Spreads equal values.</param>
    /// <returns>1 to <paramref name="bins"/> - 1 for each value.</returns>
    public static float[] Bin(ReadOnlySpan<float> values, int bins, Random random)
    {
        if (values.Length == 0)
        {
            return [];
        }
        var sorted = new double[values.Length];
        for (var i = 0; i < sorted.Length; i++)
        {
            sorted[i] = values[i];
        }
        Array.Sort(sorted);
        var edges = Edges(sorted, bins);
        var binned = new float[values.Length];
        var known = new Dictionary<float, (int Lowest, int Highest)>(); // counts are few different ones
        for (var i = 0; i < binned.Length; i++)
        {
            if (!known.TryGetValue(values[i], out var range))
            {
                known.Add(values[i], range = Range(values[i], edges));
            }
            binned[i] = random.Next(range.Lowest, range.Highest + 1);
        }
        return binned;
    }

    /// <summary>How many of the edges are below a value, or not above it.</summary>
    private static int Count(ReadOnlySpan<double> edges, double value, bool orEqual)
    {
        var (low, high) = (0, edges.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            var isCounted = orEqual ? edges[middle] <= value : edges[middle] < value;
            (low, high) = isCounted ? (middle + 1, high) : (low, middle);
        }
        return low;
    }
}
