namespace ScFm.Model.Corpora;

/// <summary>Draws cells so that each type has its share among them.</summary>
internal static class StratifiedDraw
{
    /// <summary>Cells to take away: of each type its share, rounded up or down by chance, but never its last cell.</summary>
    /// <remarks>Rounding by chance lets many small types give their share together, where each alone would be rounded to none.</remarks>
    /// <param name="labels">The type of each cell.</param>
    /// <param name="share">The share, 0 to below 1.</param>
    /// <param name="random">Draws.</param>
    /// <returns>Places in <paramref name="labels"/>, ascending; at least one where a type has two cells and the share is above 0.</returns>
    internal static int[] Away(IReadOnlyList<int> labels, double share, Random random)
    {
        var shuffled = ByType(labels, random);
        int[] counts = [.. shuffled.Select(type => Math.Min(type.Length - 1, (int)Math.Floor(type.Length * share + random.NextDouble())))];
        if (share > 0 && counts.Sum() == 0 && shuffled.MaxBy(type => type.Length) is { Length: > 1 } largest)
        {
            counts[Array.IndexOf(shuffled, largest)] = 1;
        }
        return Taken(shuffled, counts);
    }

    /// <summary>Cells to keep: of each type the share, to the nearest whole cell but at least one. What a smaller share of the same draw keeps, a larger one keeps too.</summary>
    /// <param name="labels">The type of each cell.</param>
    /// <param name="share">The share, above 0 to 1.</param>
    /// <param name="random">Draws.</param>
    /// <returns>Places in <paramref name="labels"/>, ascending.</returns>
    internal static int[] Kept(IReadOnlyList<int> labels, double share, Random random)
    {
        var shuffled = ByType(labels, random);
        return Taken(shuffled, [.. shuffled.Select(type => Math.Max(1, (int)Math.Round(type.Length * share)))]);
    }

    private static int[][] ByType(IReadOnlyList<int> labels, Random random)
    {
        int[][] types = [.. Enumerable.Range(0, labels.Count).GroupBy(cell => labels[cell]).OrderBy(type => type.Key).Select(type => type.ToArray())];
        foreach (var type in types)
        {
            random.Shuffle(type);
        }
        return types;
    }

    private static int[] Taken(int[][] shuffled, int[] counts) => [.. shuffled.SelectMany((type, i) => type.Take(counts[i])).Order()];
}
