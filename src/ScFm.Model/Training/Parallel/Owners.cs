namespace ScFm.Model.Training;

/// <summary>Which rank keeps the state of which parameter.</summary>
internal static class Owners
{
    /// <summary>The largest first, each to the rank that has least: no rank has more than 4/3 of what the best division gives (Graham 1969).</summary>
    /// <param name="sizes">Numbers of elements.</param>
    /// <param name="ranks">Number of ranks.</param>
    /// <returns>The owner of each.</returns>
    public static int[] Of(IReadOnlyList<long> sizes, int ranks)
    {
        var (owners, loads) = (new int[sizes.Count], new long[ranks]);
        foreach (var i in Enumerable.Range(0, sizes.Count).OrderByDescending(i => sizes[i]))
        {
            owners[i] = Array.IndexOf(loads, loads.Min());
            loads[owners[i]] += sizes[i];
        }
        return owners;
    }
}
