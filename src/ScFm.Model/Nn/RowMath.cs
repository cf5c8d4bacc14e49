using System.Numerics;
using System.Runtime.InteropServices;

namespace ScFm.Model.Nn;

/// <summary>Arithmetic of single rows, a vector of the processor at a time and what is over value by value.</summary>
internal static class RowMath
{
    /// <summary>sum += weight * row.</summary>
    public static void Add(ReadOnlySpan<float> row, float weight, Span<float> sum)
    {
        var rowVectors = Vectors(row);
        var sumVectors = Vectors(sum);
        for (var i = 0; i < sumVectors.Length; i++)
        {
            sumVectors[i] += weight * rowVectors[i];
        }
        for (var i = sumVectors.Length * Vector<float>.Count; i < sum.Length; i++)
        {
            sum[i] += weight * row[i];
        }
    }

    /// <summary>sum += weight * max(row, 0).</summary>
    public static void AddPositive(ReadOnlySpan<float> row, float weight, Span<float> sum)
    {
        var rowVectors = Vectors(row);
        var sumVectors = Vectors(sum);
        for (var i = 0; i < sumVectors.Length; i++)
        {
            sumVectors[i] += weight * Max(rowVectors[i]);
        }
        for (var i = sumVectors.Length * Vector<float>.Count; i < sum.Length; i++)
        {
            sum[i] += weight * Max(row[i]);
        }
    }

    /// <summary>sum += weight * (max(row, 0) - mean)².</summary>
    public static void AddSquare(ReadOnlySpan<float> row, ReadOnlySpan<float> mean, float weight, Span<float> sum)
    {
        var rowVectors = Vectors(row);
        var meanVectors = Vectors(mean);
        var sumVectors = Vectors(sum);
        for (var i = 0; i < sumVectors.Length; i++)
        {
            var difference = Max(rowVectors[i]) - meanVectors[i];
            sumVectors[i] += weight * difference * difference;
        }
        for (var i = sumVectors.Length * Vector<float>.Count; i < sum.Length; i++)
        {
            var difference = Max(row[i]) - mean[i];
            sum[i] += weight * difference * difference;
        }
    }

    /// <summary>target = max(row, 0) * scale + shift.</summary>
    public static void Scale(ReadOnlySpan<float> row, ReadOnlySpan<float> scale, ReadOnlySpan<float> shift, Span<float> target)
    {
        var rowVectors = Vectors(row);
        var scaleVectors = Vectors(scale);
        var shiftVectors = Vectors(shift);
        var targetVectors = Vectors(target);
        for (var i = 0; i < targetVectors.Length; i++)
        {
            targetVectors[i] = Max(rowVectors[i]) * scaleVectors[i] + shiftVectors[i];
        }
        for (var i = targetVectors.Length * Vector<float>.Count; i < target.Length; i++)
        {
            target[i] = Max(row[i]) * scale[i] + shift[i];
        }
    }

    /// <summary>target = row * factor.</summary>
    public static void Multiply(ReadOnlySpan<float> row, float factor, Span<float> target)
    {
        var rowVectors = Vectors(row);
        var targetVectors = Vectors(target);
        for (var i = 0; i < targetVectors.Length; i++)
        {
            targetVectors[i] = rowVectors[i] * factor;
        }
        for (var i = targetVectors.Length * Vector<float>.Count; i < target.Length; i++)
        {
            target[i] = row[i] * factor;
        }
    }

    /// <summary>The gradients of bias and weight: sum += gradient, product += gradient * (max(row, 0) - mean) * inverse.</summary>
    public static void AddGradients(ReadOnlySpan<float> gradient, ReadOnlySpan<float> row, ReadOnlySpan<float> mean, ReadOnlySpan<float> inverse, Span<float> sum, Span<float> product)
    {
        var gradientVectors = Vectors(gradient);
        var rowVectors = Vectors(row);
        var meanVectors = Vectors(mean);
        var inverseVectors = Vectors(inverse);
        var sumVectors = Vectors(sum);
        var productVectors = Vectors(product);
        for (var i = 0; i < sumVectors.Length; i++)
        {
            sumVectors[i] += gradientVectors[i];
            productVectors[i] += gradientVectors[i] * (Max(rowVectors[i]) - meanVectors[i]) * inverseVectors[i];
        }
        for (var i = sumVectors.Length * Vector<float>.Count; i < sum.Length; i++)
        {
            sum[i] += gradient[i];
            product[i] += gradient[i] * (Max(row[i]) - mean[i]) * inverse[i];
        }
    }

    /// <summary>The gradient of a row before ReLU and norm, in the place of that after them.</summary>
    /// <param name="gradient">The gradient above the norm, overwritten.</param>
    /// <param name="row">The row before ReLU.</param>
    /// <param name="mean">Mean of each feature.</param>
    /// <param name="inverse">One over the deviation of each feature.</param>
    /// <param name="weight">The norm's weight.</param>
    /// <param name="sum">The gradient of the norm's bias.</param>
    /// <param name="product">The gradient of the norm's weight.</param>
    /// <param name="share">The row's share of all that the rows stand for.</param>
    public static void Gradient(
        Span<float> gradient, ReadOnlySpan<float> row, ReadOnlySpan<float> mean, ReadOnlySpan<float> inverse, ReadOnlySpan<float> weight, ReadOnlySpan<float> sum, ReadOnlySpan<float> product, float share)
    {
        var gradientVectors = Vectors(gradient);
        var rowVectors = Vectors(row);
        var meanVectors = Vectors(mean);
        var inverseVectors = Vectors(inverse);
        var weightVectors = Vectors(weight);
        var sumVectors = Vectors(sum);
        var productVectors = Vectors(product);
        for (var i = 0; i < gradientVectors.Length; i++)
        {
            var normed = (Max(rowVectors[i]) - meanVectors[i]) * inverseVectors[i];
            var value = weightVectors[i] * inverseVectors[i] * (gradientVectors[i] - share * (sumVectors[i] + normed * productVectors[i]));
            gradientVectors[i] = Vector.ConditionalSelect(Vector.GreaterThan(rowVectors[i], Vector<float>.Zero), value, Vector<float>.Zero);
        }
        for (var i = gradientVectors.Length * Vector<float>.Count; i < gradient.Length; i++)
        {
            var normed = (Max(row[i]) - mean[i]) * inverse[i];
            gradient[i] = row[i] > 0 ? weight[i] * inverse[i] * (gradient[i] - share * (sum[i] + normed * product[i])) : 0;
        }
    }

    private static Vector<float> Max(Vector<float> value) => Vector.Max(value, Vector<float>.Zero);

    private static float Max(float value) => Math.Max(value, 0);

    private static ReadOnlySpan<Vector<float>> Vectors(ReadOnlySpan<float> values) => MemoryMarshal.Cast<float, Vector<float>>(values);

    private static Span<Vector<float>> Vectors(Span<float> values) => MemoryMarshal.Cast<float, Vector<float>>(values);
}
