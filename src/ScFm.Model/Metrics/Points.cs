using ScFm.Model.Cells;
using ScFm.Model.Graphs;

namespace ScFm.Model.Metrics;

/// <summary>Points whose arrangement is scored, in float64: rows of an embedding or a layout, [points, coordinates].</summary>
public sealed class Points
{
    private readonly double[] values;

    /// <summary>Wraps coordinates, point after point, without copying them.</summary>
    /// <exception cref="ArgumentException">The array has another length.</exception>
    public Points(int count, int dimensions, double[] values)
    {
        if (values.LongLength != (long)count * dimensions)
        {
            throw new ArgumentException($"{count} points of {dimensions} coordinates have {values.LongLength} values; expected {(long)count * dimensions}.");
        }
        (Count, Dimensions, this.values) = (count, dimensions, values);
    }

    /// <summary>Number of points.</summary>
    public int Count { get; }

    /// <summary>Number of coordinates of each.</summary>
    public int Dimensions { get; }

    /// <summary>The coordinates of one point.</summary>
    public ReadOnlySpan<double> this[int point] => values.AsSpan(point * Dimensions, Dimensions);

    /// <summary>Each row of a matrix as a point.</summary>
    public static implicit operator Points(DenseMatrix matrix) =>
        new(matrix.Rows, matrix.Columns, Array.ConvertAll(matrix.Values, v => (double)v));

    /// <summary>Squared euclidean distance of two points.</summary>
    internal static double Squared(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++)
        {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }
        return sum;
    }

    /// <summary>Distance of two points.</summary>
    internal static double Distance(ReadOnlySpan<double> a, ReadOnlySpan<double> b, DistanceMetric metric)
    {
        if (metric == DistanceMetric.Euclidean)
        {
            return Math.Sqrt(Squared(a, b));
        }
        var (dot, normA, normB) = (0.0, 0.0, 0.0);
        for (var i = 0; i < a.Length; i++)
        {
            dot += a[i] * b[i];
            normA += a[i] * a[i];
            normB += b[i] * b[i];
        }
        return normA == 0 || normB == 0 ? 1 : 1 - dot / Math.Sqrt(normA * normB);
    }
}
