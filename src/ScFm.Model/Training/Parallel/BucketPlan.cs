namespace ScFm.Model.Training;

/// <summary>Which tensors are sent together.</summary>
internal static class BucketPlan
{
    /// <summary>Fills buckets from the last tensor to the first, as a backward pass makes gradients, and orders them by when they are complete.</summary>
    /// <param name="bytes">Size of each tensor.</param>
    /// <param name="kinds">What each tensor has in common with those that it can be sent with, such as its type.</param>
    /// <param name="limit">A bucket is full when it has come to this many bytes.</param>
    public static int[][] Of<TKind>(IReadOnlyList<long> bytes, IReadOnlyList<TKind> kinds, long limit)
        where TKind : notnull
    {
        List<List<int>> buckets = [];
        var open = new Dictionary<TKind, (List<int> Bucket, long Bytes)>();
        for (var i = bytes.Count - 1; i >= 0; i--)
        {
            if (!open.TryGetValue(kinds[i], out var filling))
            {
                filling = ([], 0);
                buckets.Add(filling.Bucket);
            }
            filling.Bucket.Add(i);
            filling.Bytes += bytes[i];
            open[kinds[i]] = filling;
            if (filling.Bytes >= limit)
            {
                open.Remove(kinds[i]);
            }
        }
        return [.. buckets.OrderByDescending(bucket => bucket[^1]).Select(bucket => bucket.ToArray())];
    }
}
