using ScFm.Model.Cells;

namespace ScFm.Model.Regression.Logistic;

/// <summary>A fitted logistic regression.</summary>
/// <param name="Scheme">How the classes are told apart.</param>
/// <param name="C">The weight of the likelihood.</param>
/// <param name="Intercepts">One a class, negative infinity for a class that had no sample; of two classes one number, whose function is above zero for class 1.</param>
/// <param name="Coefficients">[classes, predictors], or of two classes one row; most are zero.</param>
/// <param name="Objective">The sum of absolute coefficients plus C times the loss that was reached; in one-versus-rest the sum over classes.</param>
/// <param name="Gap">How much less than that the minimum may be.</param>
public sealed record LogisticModel(LogisticScheme Scheme, double C, double[] Intercepts, double[][] Coefficients, double Objective, double Gap)
{
    /// <summary>Number of classes.</summary>
    public int Classes => Math.Max(2, Intercepts.Length);

    /// <summary>Number of coefficients that are not zero.</summary>
    public int Selected => Coefficients.Sum(row => row.Count(c => c != 0));

    /// <summary>How likely each class is for each sample.</summary>
    /// <param name="predictors">[samples, predictors].</param>
    /// <returns>[samples, classes]; each row sums to 1.</returns>
    /// <exception cref="ArgumentException">The predictors are not as many as in training.</exception>
    public DenseMatrix Probabilities(CsrMatrix predictors)
    {
        if (predictors.Columns != Coefficients[0].Length)
        {
            throw new ArgumentException($"There are {predictors.Columns} predictors; expected {Coefficients[0].Length}, as in training.", nameof(predictors));
        }
        var probabilities = new DenseMatrix(predictors.Rows, Classes);
        Parallel.For(0, predictors.Rows, sample =>
        {
            var linear = Linear(predictors.RowIndices(sample), predictors.RowValues(sample));
            ToProbabilities(linear, probabilities.Row(sample));
        });
        return probabilities;
    }

    private double[] Linear(ReadOnlySpan<int> indices, ReadOnlySpan<float> values)
    {
        var linear = new double[Intercepts.Length];
        for (var output = 0; output < linear.Length; output++)
        {
            linear[output] = Intercepts[output];
            for (var i = 0; i < indices.Length; i++)
            {
                linear[output] += values[i] * Coefficients[output][indices[i]];
            }
        }
        return linear;
    }

    private void ToProbabilities(double[] linear, Span<float> row)
    {
        if (linear.Length == 1)
        {
            row[1] = (float)(1 / (1 + Math.Exp(-linear[0])));
            row[0] = (float)(1 / (1 + Math.Exp(linear[0])));
            return;
        }
        var largest = linear.Max();
        // In one-versus-rest exp(largest) is taken out of all sigmoids where it is small, so that none becomes 0 / 0.
        var scale = Math.Min(largest, 0);
        var shares = Array.ConvertAll(linear, value => Scheme == LogisticScheme.Multinomial
            ? Math.Exp(value - largest)
            : value > 0 ? 1 / (1 + Math.Exp(-value)) : Math.Exp(value - scale) / (1 + Math.Exp(value)));
        var total = shares.Sum();
        for (var c = 0; c < shares.Length; c++)
        {
            row[c] = (float)(shares[c] / total);
        }
    }
}
