namespace ScFm.Model.Regression;

/// <summary>The variables of a regression: a column a variable, a row a sample.</summary>
public abstract class Predictors
{
    private readonly Lazy<(double[] Means, double[] Deviations)> moments;

    private protected Predictors(int samples, int count)
    {
        if (samples < 1 || count < 1)
        {
            throw new ArgumentException($"There are {samples} samples and {count} predictors; expected at least one of each.");
        }
        (Samples, Count) = (samples, count);
        moments = new(Moments);
    }

    /// <summary>Number of samples.</summary>
    public int Samples { get; }

    /// <summary>Number of predictors.</summary>
    public int Count { get; }

    /// <summary>Mean of each predictor over all samples.</summary>
    internal double[] Means => moments.Value.Means;

    /// <summary>Standard deviation of each predictor over all samples, with divisor samples; 0 where it does not vary.</summary>
    internal double[] Deviations => moments.Value.Deviations;

    /// <summary>Writes a predictor's values.</summary>
    internal abstract void Write(int predictor, Span<double> column);

    /// <summary>Inner products of every predictor with a vector, [count].</summary>
    internal abstract void Products(ReadOnlySpan<double> vector, Span<double> products);

    private (double[] Means, double[] Deviations) Moments()
    {
        // What rounding leaves of a constant column.
        const double Nothing = 1e-10;
        var (means, deviations) = (new double[Count], new double[Count]);
        Parallel.For(0, Count, () => new double[Samples], (predictor, _, column) =>
        {
            Write(predictor, column);
            var (sum, squares) = (0.0, 0.0);
            foreach (var value in column)
            {
                sum += value;
            }
            var mean = sum / Samples;
            foreach (var value in column)
            {
                squares += (value - mean) * (value - mean);
            }
            var deviation = Math.Sqrt(squares / Samples);
            (means[predictor], deviations[predictor]) = (mean, deviation > Nothing * Math.Abs(mean) ? deviation : 0);
            return column;
        }, _ => { });
        return (means, deviations);
    }
}
