using MathNet.Numerics;

namespace ScFm.Model.Graphs;

/// <summary>The smooth similarity of two laid-out cells, 1 / (1 + a d^(2b)), and the pushes and pulls that follow from it.</summary>
/// <remarks>McInnes, Healy and Melville, arXiv:1802.03426, definition 11 and section 3.2.</remarks>
internal sealed class LayoutCurve
{
    // Powers cost more than all else in the layout, so forces are tabulated over squared distances of 2^-24 to 2^16 (40 octaves of 64
    // steps, addressed by the bits of the float) and interpolated: relative error below 1e-4.
    private const int StepBits = 6;
    private const int RestBits = 23 - StepBits;
    private const int Octaves = 40;
    private const float Smallest = 1f / (1 << 24);

    private readonly float[] attraction = new float[(Octaves << StepBits) + 2];
    private readonly float[] repulsion = new float[(Octaves << StepBits) + 2];

    internal LayoutCurve(double minDistance, double spread)
    {
        (A, B) = Fitted(minDistance, spread);
        var first = BitConverter.SingleToInt32Bits(Smallest) >> RestBits;
        for (var i = 0; i < attraction.Length; i++)
        {
            double squared = BitConverter.Int32BitsToSingle(first + i << RestBits);
            var power = A * Math.Pow(squared, B);
            attraction[i] = (float)(-2 * B * power / squared / (1 + power));
            repulsion[i] = (float)(2 * B / ((0.001 + squared) * (1 + power)));
        }
    }

    internal double A { get; }

    internal double B { get; }

    /// <summary>What the difference of two neighbours is multiplied by; negative, towards each other.</summary>
    internal float Attraction(float squared) => Look(attraction, squared);

    /// <summary>What the difference of two other cells is multiplied by; positive, away from each other.</summary>
    internal float Repulsion(float squared) => Look(repulsion, squared);

    private static float Look(float[] table, float squared)
    {
        var bits = BitConverter.SingleToInt32Bits(Math.Clamp(squared, Smallest, 65535f)) - BitConverter.SingleToInt32Bits(Smallest);
        var step = bits >> RestBits;
        var rest = (bits & (1 << RestBits) - 1) * (1f / (1 << RestBits));
        return table[step] + rest * (table[step + 1] - table[step]);
    }

    // Least squares against 1 up to the smallest distance and an exponential of the given spread beyond.
    private static (double A, double B) Fitted(double minDistance, double spread)
    {
        var distances = Generate.LinearSpaced(300, 0, 3 * spread);
        var wanted = Array.ConvertAll(distances, d => d < minDistance ? 1 : Math.Exp(-(d - minDistance) / spread));
        var (a, b) = Fit.Curve(distances, wanted, (a, b, d) => 1 / (1 + Math.Abs(a) * Math.Pow(d, 2 * b)), 1, 1, 1e-10, 10_000);
        return (Math.Abs(a), b);
    }
}
