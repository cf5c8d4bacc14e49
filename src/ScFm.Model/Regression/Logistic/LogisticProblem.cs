using ScFm.Model.Cells;

namespace ScFm.Model.Regression.Logistic;

/// <summary>Samples, their classes and what each predictor's coefficient costs: what all classes, folds and values of C share.</summary>
internal sealed class LogisticProblem
{
    /// <exception cref="ArgumentException">The labels do not fit, all are of one class, or a value is no number.</exception>
    internal LogisticProblem(CsrMatrix predictors, ReadOnlySpan<int> labels, int classes, LogisticOptions options)
    {
        Require(predictors, labels, classes);
        (Labels, Classes, Options) = (labels.ToArray(), classes, options);
        (Rows, Columns) = (predictors, new SparseColumns(predictors));
        Penalties = new double[Columns.Count];
        Parallel.For(0, Columns.Count, Processors(), j => Penalties[j] = options.Standardise ? Deviation(j) : 1);
    }

    /// <summary>The predictors of each sample.</summary>
    internal CsrMatrix Rows { get; }

    /// <summary>The samples of each predictor.</summary>
    internal SparseColumns Columns { get; }

    internal int[] Labels { get; }

    internal int Classes { get; }

    internal LogisticOptions Options { get; }

    /// <summary>The penalty of each absolute coefficient; infinite for a predictor that cannot help.</summary>
    internal double[] Penalties { get; }

    /// <summary>How many threads may be used, and what stops them.</summary>
    internal ParallelOptions Processors(CancellationToken cancellation = default) => new() { MaxDegreeOfParallelism = Options.Threads, CancellationToken = cancellation };

    /// <summary>What each sample counts.</summary>
    /// <param name="isLeftOut">Whether a sample is left out: it counts nothing, but is predicted.</param>
    internal double[] Counts(Predicate<int> isLeftOut)
    {
        var sizes = new double[Classes];
        for (var i = 0; i < Labels.Length; i++)
        {
            sizes[Labels[i]] += isLeftOut(i) ? 0 : 1;
        }
        var present = sizes.Count(size => size > 0);
        var mean = sizes.Sum() / present;
        return [.. Labels.Select((label, i) => isLeftOut(i) ? 0 : Options.Balanced ? mean / sizes[label] : 1)];
    }

    /// <summary>What must be solved, each apart: the functions of one class, or of all together.</summary>
    /// <param name="counts">What each sample counts.</param>
    /// <param name="tolerance">The duality gap that suffices, as a share of the objective.</param>
    /// <exception cref="ArgumentException">The samples that count are of one class.</exception>
    internal LogisticSolver[] Solvers(double[] counts, double tolerance)
    {
        int[] present = [.. Labels.Where((_, i) => counts[i] > 0).Distinct().Order()];
        if (present.Length < 2)
        {
            throw new ArgumentException($"Without a fold, all samples are of class {present[0]}; expected at least two classes in all folds but one: take fewer folds.");
        }
        return Classes == 2 || Options.Scheme == LogisticScheme.OneVersusRest
            ? [.. (Classes == 2 ? [1] : present).Select(c => new LogisticSolver(this, [c], counts, tolerance))]
            : [new LogisticSolver(this, present, counts, tolerance)];
    }

    private static void Require(CsrMatrix predictors, ReadOnlySpan<int> labels, int classes)
    {
        if (predictors.Rows != labels.Length || labels.IsEmpty)
        {
            throw new ArgumentException($"There are {predictors.Rows} samples and {labels.Length} labels; expected one label a sample, and at least two samples.", nameof(labels));
        }
        for (var i = 0; i < labels.Length; i++)
        {
            if ((uint)labels[i] >= (uint)classes)
            {
                throw new ArgumentException($"Sample {i} is of class {labels[i]}; expected 0 to {classes - 1}.", nameof(labels));
            }
        }
        if (!labels.ContainsAnyExcept(labels[0]))
        {
            throw new ArgumentException($"All {labels.Length} samples are of class {labels[0]}; expected at least two classes to tell apart.", nameof(labels));
        }
        foreach (var value in predictors.Values)
        {
            if (!float.IsFinite(value))
            {
                throw new ArgumentException(FormattableString.Invariant($"A predictor's value is {value}; expected numbers."), nameof(predictors));
            }
        }
    }

    /// <summary>A predictor's standard deviation, zeros included; infinite where it does not vary.</summary>
    private double Deviation(int column)
    {
        // What rounding leaves of a constant column.
        const double Nothing = 1e-10;
        var (sum, squares) = (0.0, 0.0);
        foreach (var value in Columns.Values(column))
        {
            sum += value;
        }
        var mean = sum / Columns.Rows;
        foreach (var value in Columns.Values(column))
        {
            squares += (value - mean) * (value - mean);
        }
        squares += (Columns.Rows - Columns.Values(column).Length) * mean * mean;
        var deviation = Math.Sqrt(squares / Columns.Rows);
        return deviation > Nothing * Math.Abs(mean) ? deviation : double.PositiveInfinity;
    }
}
