using System.Numerics;
using System.Runtime.InteropServices;

namespace ScFm.Model.Graphs;

/// <summary>Inner products and sums of vectors.</summary>
internal static class LinearSpace
{
    internal static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var x = MemoryMarshal.Cast<double, Vector<double>>(a);
        var y = MemoryMarshal.Cast<double, Vector<double>>(b);
        var (even, odd) = (Vector<double>.Zero, Vector<double>.Zero);
        var i = 0;
        for (; i + 1 < x.Length; i += 2)
        {
            even += x[i] * y[i];
            odd += x[i + 1] * y[i + 1];
        }
        if (i < x.Length)
        {
            even += x[i] * y[i];
        }
        var sum = Vector.Sum(even + odd);
        for (i = x.Length * Vector<double>.Count; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }
        return sum;
    }

    internal static double Sum(ReadOnlySpan<double> vector)
    {
        var x = MemoryMarshal.Cast<double, Vector<double>>(vector);
        var (even, odd) = (Vector<double>.Zero, Vector<double>.Zero);
        var i = 0;
        for (; i + 1 < x.Length; i += 2)
        {
            even += x[i];
            odd += x[i + 1];
        }
        var sum = Vector.Sum(even + odd);
        for (i *= Vector<double>.Count; i < vector.Length; i++)
        {
            sum += vector[i];
        }
        return sum;
    }

    /// <summary>The inner product of two vectors under weights.</summary>
    internal static double Dot(ReadOnlySpan<double> weights, ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var w = MemoryMarshal.Cast<double, Vector<double>>(weights);
        var x = MemoryMarshal.Cast<double, Vector<double>>(a);
        var y = MemoryMarshal.Cast<double, Vector<double>>(b);
        var (even, odd) = (Vector<double>.Zero, Vector<double>.Zero);
        var i = 0;
        for (; i + 1 < w.Length; i += 2)
        {
            even += w[i] * x[i] * y[i];
            odd += w[i + 1] * x[i + 1] * y[i + 1];
        }
        if (i < w.Length)
        {
            even += w[i] * x[i] * y[i];
        }
        var sum = Vector.Sum(even + odd);
        for (i = w.Length * Vector<double>.Count; i < weights.Length; i++)
        {
            sum += weights[i] * a[i] * b[i];
        }
        return sum;
    }

    /// <summary>Adds a multiple of one vector to another.</summary>
    internal static void Add(double factor, ReadOnlySpan<double> vector, Span<double> sum)
    {
        var x = MemoryMarshal.Cast<double, Vector<double>>(vector);
        var y = MemoryMarshal.Cast<double, Vector<double>>(sum);
        for (var i = 0; i < x.Length; i++)
        {
            y[i] += factor * x[i];
        }
        for (var i = x.Length * Vector<double>.Count; i < sum.Length; i++)
        {
            sum[i] += factor * vector[i];
        }
    }

    /// <summary>Adds a multiple of one vector to another, in float32.</summary>
    internal static void Add(float factor, ReadOnlySpan<float> vector, Span<float> sum)
    {
        var x = MemoryMarshal.Cast<float, Vector<float>>(vector);
        var y = MemoryMarshal.Cast<float, Vector<float>>(sum);
        for (var i = 0; i < x.Length; i++)
        {
            y[i] += factor * x[i];
        }
        for (var i = x.Length * Vector<float>.Count; i < sum.Length; i++)
        {
            sum[i] += factor * vector[i];
        }
    }

    internal static double Norm(ReadOnlySpan<double> vector) => Math.Sqrt(Dot(vector, vector));

    internal static void Multiply(Span<double> vector, double factor)
    {
        foreach (ref var value in vector)
        {
            value *= factor;
        }
    }
}
