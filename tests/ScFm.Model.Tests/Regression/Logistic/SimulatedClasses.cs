using MathNet.Numerics.Distributions;
using ScFm.Model.Cells;

namespace ScFm.Model.Tests.Regression.Logistic;

/// <summary>Sparse samples of classes that some predictors each tell apart, not without error.</summary>
internal static class SimulatedClasses
{
    internal static (CsrMatrix X, int[] Labels) Draw(int samples, int predictors, int classes, int seed)
    {
        var random = new Random(seed);
        var (x, labels) = (new DenseMatrix(samples, predictors), new int[samples]);
        for (var i = 0; i < samples; i++)
        {
            labels[i] = i % classes;
            for (var j = 0; j < predictors; j++)
            {
                x[i, j] = Poisson.Sample(random, j % (2 * classes) == labels[i] ? 0.8 : 0.4);
            }
        }
        return (CsrMatrix.FromDense(x), labels);
    }
}
