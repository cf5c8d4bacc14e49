namespace ScFm.Model.Models.Geneformer;

/// <summary>
/// The median of many positive values in little memory: exact while there are few, and beyond that from counts in buckets whose bounds grow by a constant
/// factor, so that the median is off by at most <see cref="RelativeError"/> of itself.
/// </summary>
/// <remarks>Source: Masson et al. 2019, "DDSketch". The paper of Geneformer takes t-digests, which state no error.</remarks>
public sealed class MedianSketch
{
    /// <summary>How far a median from buckets may be off, as a share of itself.</summary>
    public const double RelativeError = 0.005;

    private const double Growth = (1 + RelativeError) / (1 - RelativeError);
    private static readonly double LogGrowth = Math.Log(Growth);

    private readonly int mostExact;
    private float[] values = new float[4];
    private int[] buckets = [];
    private int firstBucket;

    /// <summary>An empty sketch.</summary>
    /// <param name="mostExact">Values up to which it is exact; they are kept, 4 bytes each.</param>
    public MedianSketch(int mostExact) => this.mostExact = mostExact;

    /// <summary>Values seen.</summary>
    public int Count { get; private set; }

    /// <summary>The median; the mean of the two in the middle of an even number; NaN of none.</summary>
    public double Median => Count == 0 ? double.NaN : (Ranked((Count - 1) / 2) + Ranked(Count / 2)) / 2;

    /// <summary>Takes a value, above 0.</summary>
    public void Add(float value)
    {
        if (Count < mostExact)
        {
            if (Count == values.Length)
            {
                Array.Resize(ref values, (int)Math.Min(2L * values.Length, mostExact));
            }
            values[Count++] = value;
            return;
        }
        if (values.Length > 0)
        {
            foreach (var kept in values.AsSpan(0, Count))
            {
                Sort(kept);
            }
            values = [];
        }
        Sort(value);
        Count++;
    }

    private void Sort(float value)
    {
        var bucket = (int)Math.Ceiling(Math.Log(value) / LogGrowth);
        if (buckets.Length == 0)
        {
            (firstBucket, buckets) = (bucket, new int[1]);
        }
        var (first, last) = (Math.Min(bucket, firstBucket), Math.Max(bucket, firstBucket + buckets.Length - 1));
        if (last - first >= buckets.Length)
        {
            var wider = new int[last - first + 1];
            buckets.CopyTo(wider, firstBucket - first);
            (firstBucket, buckets) = (first, wider);
        }
        buckets[bucket - firstBucket]++;
    }

    private double Ranked(int rank)
    {
        if (buckets.Length == 0)
        {
            Array.Sort(values, 0, Count);
            return values[rank];
        }
        var (bucket, seen) = (0, (long)buckets[0]);
        while (seen <= rank)
        {
            seen += buckets[++bucket];
        }
        return 2 * Math.Pow(Growth, firstBucket + bucket) / (Growth + 1); // the point of the bucket that is furthest from neither bound, relatively
    }
}
