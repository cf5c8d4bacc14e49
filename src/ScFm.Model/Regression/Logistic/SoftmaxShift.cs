namespace ScFm.Model.Regression.Logistic;

/// <summary>The step that no class can take alone: one number off a predictor's coefficients of all classes, which the softmax does not notice but the penalty does.</summary>
/// <remarks>The penalty is least where the median of the coefficients is zero; a descent by one class after the other would crawl there the slower the larger C is.</remarks>
internal static class SoftmaxShift
{
    /// <summary>Brings the medians of coefficients, and of penalised intercepts, to zero.</summary>
    /// <returns>How much the penalty fell.</returns>
    internal static double Apply(LogisticProblem problem, LogisticOutput[] outputs)
    {
        var (fell, change, own) = (0.0, (double[]?)null, new double[outputs.Length]);
        foreach (var j in outputs.SelectMany(output => output.Members).Distinct().Order())
        {
            Collect(outputs, output => output.Coefficients[j], own);
            if (Median(own) is not 0 and var median)
            {
                change ??= new double[problem.Labels.Length];
                problem.Columns.Add(-median, j, change);
                fell += problem.Penalties[j] * Saved(own, median);
                foreach (var output in outputs)
                {
                    output.Coefficients[j] -= median;
                }
            }
        }
        Collect(outputs, output => output.Intercept, own);
        var common = problem.Options.PenaliseIntercept ? Median(own) : 0;
        fell += Saved(own, common);
        foreach (var output in outputs)
        {
            output.Shift(-common, change);
        }
        return fell;
    }

    private static void Collect(LogisticOutput[] outputs, Func<LogisticOutput, double> value, double[] values)
    {
        for (var k = 0; k < values.Length; k++)
        {
            values[k] = value(outputs[k]);
        }
    }

    private static double Saved(double[] values, double median) => values.Sum(value => Math.Abs(value) - Math.Abs(value - median));

    /// <summary>Of all medians the one nearest to zero, so that no coefficient leaves zero for nothing.</summary>
    private static double Median(double[] values)
    {
        var sorted = values.Order().ToArray();
        return Math.Clamp(0, sorted[(sorted.Length - 1) / 2], sorted[sorted.Length / 2]);
    }
}
