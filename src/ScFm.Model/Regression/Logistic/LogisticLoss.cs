using System.Numerics;
using System.Runtime.InteropServices;

namespace ScFm.Model.Regression.Logistic;

/// <summary>The logistic loss ln(1 + exp(-y z)) of many samples at once, with z a linear function less an offset and y = 1 for the class, -1 for the others.</summary>
/// <remarks>
/// The softmax's loss as a function of one class's values alone is of this form, with the logarithm of the other classes' summed exponentials as the offset:
/// so two classes and many share all that follows.
/// </remarks>
internal static class LogisticLoss
{
    /// <summary>Slopes and curvatures.</summary>
    /// <param name="linear">The linear function.</param>
    /// <param name="offset">What is taken off.</param>
    /// <param name="signs">y.</param>
    /// <param name="weights">What each sample counts.</param>
    /// <param name="residual">Becomes the loss's slope in z, negated: weight * y * (1 - p), with p the probability of the sample's own side.</param>
    /// <param name="curvature">Becomes weight * p * (1 - p).</param>
    /// <returns>The weighted sum of losses.</returns>
    internal static double Derivatives(double[] linear, double[] offset, double[] signs, double[] weights, double[] residual, double[] curvature)
    {
        var f = Vectors(linear);
        var o = Vectors(offset);
        var y = Vectors(signs);
        var w = Vectors(weights);
        var r = MemoryMarshal.Cast<double, Vector<double>>(residual.AsSpan());
        var h = MemoryMarshal.Cast<double, Vector<double>>(curvature.AsSpan());
        var sum = Vector<double>.Zero;
        for (var i = 0; i < f.Length; i++)
        {
            var z = y[i] * (f[i] - o[i]);
            var wrong = Wrong(z, out var loss);
            r[i] = w[i] * y[i] * wrong;
            h[i] = w[i] * wrong * (Vector<double>.One - wrong);
            sum += w[i] * loss;
        }
        var total = Vector.Sum(sum);
        for (var i = f.Length * Vector<double>.Count; i < linear.Length; i++)
        {
            var wrong = Wrong(new Vector<double>(signs[i] * (linear[i] - offset[i])), out var loss)[0];
            residual[i] = weights[i] * signs[i] * wrong;
            curvature[i] = weights[i] * wrong * (1 - wrong);
            total += weights[i] * loss[0];
        }
        return total;
    }

    /// <summary>The weighted sum of losses some way along a direction.</summary>
    internal static double Along(double[] linear, double share, double[] direction, double[] offset, double[] signs, double[] weights)
    {
        var f = Vectors(linear);
        var d = Vectors(direction);
        var o = Vectors(offset);
        var y = Vectors(signs);
        var w = Vectors(weights);
        var sum = Vector<double>.Zero;
        for (var i = 0; i < f.Length; i++)
        {
            sum += w[i] * SoftPlus(-y[i] * (f[i] + share * d[i] - o[i]));
        }
        var total = Vector.Sum(sum);
        for (var i = f.Length * Vector<double>.Count; i < linear.Length; i++)
        {
            total += weights[i] * SoftPlus(new Vector<double>(-signs[i] * (linear[i] + share * direction[i] - offset[i])))[0];
        }
        return total;
    }

    /// <summary>ln(exp(a) + exp(b)), place by place, into b.</summary>
    internal static void JoinInto(double[] a, double[] b)
    {
        var x = Vectors(a);
        var y = MemoryMarshal.Cast<double, Vector<double>>(b.AsSpan());
        for (var i = 0; i < x.Length; i++)
        {
            y[i] += SoftPlus(x[i] - y[i]);
        }
        for (var i = x.Length * Vector<double>.Count; i < a.Length; i++)
        {
            b[i] += SoftPlus(new Vector<double>(a[i] - b[i]))[0];
        }
    }

    /// <summary>What the other classes' summed exponentials come to: ln(exp(joint) - exp(linear)).</summary>
    /// <param name="joint">The logarithm of all classes' summed exponentials.</param>
    /// <param name="linear">One class's values.</param>
    /// <param name="others">Becomes the result; where the class leaves nothing to the others that a float64 can tell, as if it left 1e-16.</param>
    internal static void Others(double[] joint, double[] linear, double[] others)
    {
        var all = Vectors(joint);
        var own = Vectors(linear);
        var rest = MemoryMarshal.Cast<double, Vector<double>>(others.AsSpan());
        for (var i = 0; i < all.Length; i++)
        {
            rest[i] = Others(all[i], own[i]);
        }
        for (var i = all.Length * Vector<double>.Count; i < joint.Length; i++)
        {
            others[i] = Others(new Vector<double>(joint[i]), new Vector<double>(linear[i]))[0];
        }
    }

    private static Vector<double> Others(Vector<double> joint, Vector<double> linear) =>
        joint + Vector.Log(Vector.Max(Vector<double>.One - Vector.Exp(linear - joint), new Vector<double>(1e-16)));

    /// <summary>ln(1 + exp(x)).</summary>
    private static Vector<double> SoftPlus(Vector<double> x) =>
        Vector.Max(x, Vector<double>.Zero) + Vector.Log(Vector<double>.One + Vector.Exp(-Vector.Abs(x)));

    /// <summary>The probability of the other side, 1 / (1 + exp(z)), and the loss.</summary>
    private static Vector<double> Wrong(Vector<double> z, out Vector<double> loss)
    {
        var small = Vector.Exp(-Vector.Abs(z));
        var whole = Vector<double>.One + small;
        loss = Vector.Max(-z, Vector<double>.Zero) + Vector.Log(whole);
        return Vector.ConditionalSelect(Vector.GreaterThan(z, Vector<double>.Zero), small, Vector<double>.One) / whole;
    }

    private static ReadOnlySpan<Vector<double>> Vectors(double[] values) => MemoryMarshal.Cast<double, Vector<double>>(values.AsSpan());
}
