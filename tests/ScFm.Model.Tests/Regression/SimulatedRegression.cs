using MathNet.Numerics.Distributions;
using ScFm.Model.Cells;

namespace ScFm.Model.Tests.Regression;

/// <summary>Predictors that go together in groups and a response that depends on three of them.</summary>
internal sealed class SimulatedRegression
{
    internal SimulatedRegression(int samples, int count, int seed)
    {
        var random = new Random(seed);
        X = new DenseMatrix(samples, count);
        (Linear, Counts) = (new double[samples], new double[samples]);
        for (var i = 0; i < samples; i++)
        {
            var common = Normal.Sample(random, 0, 1);
            for (var j = 0; j < count; j++)
            {
                X[i, j] = (float)((1 + j % 3) * (Normal.Sample(random, 0, 1) + 0.5 * common) + j % 5);
            }
            Linear[i] = 0.4 + 0.5 * X[i, 0] - 0.3 * X[i, 1] + 0.2 * X[i, 2];
            Counts[i] = Poisson.Sample(random, Math.Exp(Linear[i]));
            Linear[i] += Normal.Sample(random, 0, 1);
        }
    }

    internal DenseMatrix X { get; }

    /// <summary>A response with normal noise.</summary>
    internal double[] Linear { get; }

    /// <summary>A response of Poisson counts.</summary>
    internal double[] Counts { get; }

    /// <summary>The matrix as Python reads it.</summary>
    internal static string Python(DenseMatrix matrix) =>
        $"np.array([{string.Join(",", matrix.Values.Select(v => v.ToString("R", System.Globalization.CultureInfo.InvariantCulture)))}]).reshape({matrix.Rows},{matrix.Columns})";

    internal static string Python(double[] values) =>
        $"np.array([{string.Join(",", values.Select(v => v.ToString("R", System.Globalization.CultureInfo.InvariantCulture)))}])";

    internal static double[] Numbers(string text) =>
        Array.ConvertAll(text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries), t => double.Parse(t, System.Globalization.CultureInfo.InvariantCulture));
}
