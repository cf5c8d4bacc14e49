namespace ScFm.Model.Models.DeepCdr;

/// <summary>Divides rows among threads.</summary>
internal static class RowParts
{
    // Of fixed size, so that sums do not depend on the number of threads.
    private const int Rows = 256;

    /// <summary>Adds to a sum from rows first to last.</summary>
    public delegate void Addition(int first, int last, Span<float> sum);

    /// <summary>Works on parts of the rows.</summary>
    public static void Each(int count, Action<int, int> work) =>
        Parallel.For(0, (count + Rows - 1) / Rows, part => work(part * Rows, Math.Min(count, (part + 1) * Rows)));

    /// <summary>The sum of what the parts add, [width].</summary>
    public static float[] Sum(int count, int width, Addition add)
    {
        var parts = (count + Rows - 1) / Rows;
        var partial = new float[parts * width];
        Parallel.For(0, parts, part => add(part * Rows, Math.Min(count, (part + 1) * Rows), partial.AsSpan(part * width, width)));
        var sum = new double[width];
        for (var i = 0; i < partial.Length; i++)
        {
            sum[i % width] += partial[i];
        }
        return Array.ConvertAll(sum, value => (float)value);
    }
}
