namespace ScFm.Model.Metrics;

/// <summary>Labels of any kind as whole numbers from 0, in order of first appearance.</summary>
internal static class Labels
{
    internal static (int[] Codes, int Count) Encode<T>(IReadOnlyList<T> labels) where T : notnull
    {
        var known = new Dictionary<T, int>();
        var codes = new int[labels.Count];
        for (var i = 0; i < codes.Length; i++)
        {
            if (!known.TryGetValue(labels[i], out codes[i]))
            {
                known.Add(labels[i], codes[i] = known.Count);
            }
        }
        return (codes, known.Count);
    }

    /// <summary>Number of items of each label.</summary>
    internal static double[] Sizes(int[] codes, int count)
    {
        var sizes = new double[count];
        foreach (var code in codes)
        {
            sizes[code]++;
        }
        return sizes;
    }

    /// <summary>Labels of points, of which a score needs at least two groups and fewer than points.</summary>
    internal static (int[] Codes, double[] Sizes) EncodeGroups<T>(IReadOnlyList<T> labels, Points points) where T : notnull
    {
        if (labels.Count != points.Count)
        {
            throw new ArgumentException($"There are {labels.Count} labels and {points.Count} points; expected one label for each point.");
        }
        var (codes, count) = Encode(labels);
        if (count < 2 || count >= points.Count)
        {
            throw new ArgumentException($"The {points.Count} points have {count} different labels; expected 2 to {points.Count - 1}, for the groups to be compared.");
        }
        return (codes, Sizes(codes, count));
    }
}
