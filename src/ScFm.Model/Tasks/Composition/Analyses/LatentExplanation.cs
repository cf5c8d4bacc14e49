using MathNet.Numerics.LinearAlgebra;
using ScFm.Model.Cells;
using ScFm.Model.Tables;

namespace ScFm.Model.Tasks.Composition;

/// <summary>How much of one model's latent space another model's explains.</summary>
/// <remarks>
/// Each dimension of the target is regressed by ordinary least squares, with an intercept, on all dimensions of the reference, over the cells that are
/// trained on; R2 is that of the cells held out, 1 - (residual sum of squares) / (sum of squares about their mean), and may be negative.
/// Least squares does not depend on the scale of the dimensions, so none is chosen; of references that repeat each other the shortest solution is taken.
/// Source: Nadig et al., "Consequences of training data composition for deep learning models in single-cell biology" (2025).
/// </remarks>
/// <param name="R2">One value a dimension of the target; NaN where it does not vary over the held-out cells.</param>
/// <param name="TrainCells">Number of cells that the regression saw.</param>
/// <param name="TestCells">Number of cells that R2 is of.</param>
public sealed record LatentExplanation(double[] R2, int TrainCells, int TestCells)
{
    // Of the largest eigenvalue of the predictors' correlations: what is below is rounding.
    private const double Independent = 1e-12;

    /// <summary>The mean of R2 over the dimensions that vary; NaN where none does.</summary>
    public double Mean => R2.Where(value => !double.IsNaN(value)).DefaultIfEmpty(double.NaN).Average();

    /// <summary>Compares two latent spaces of the same cells.</summary>
    /// <param name="target">The latent space to be explained, [cells, dimensions].</param>
    /// <param name="reference">The latent space that explains, [cells, other dimensions], with the same cells in the same order.</param>
    /// <param name="seed">Seed of the random split. Default: 0.</param>
    /// <param name="testShare">Share of the cells held out, above 0 and below 1. Default: 0.3, as in the paper.</param>
    /// <exception cref="ArgumentException">The numbers of cells differ, or there are too few for the regression.</exception>
    public static LatentExplanation Of(DenseMatrix target, DenseMatrix reference, int seed = 0, double testShare = 0.3)
    {
        if (target.Rows != reference.Rows)
        {
            throw new ArgumentException($"The latent spaces have {target.Rows} and {reference.Rows} cells; expected the same cells in both.");
        }
        var split = Splits.Random(target.Rows, validationShare: 0, testShare, seed);
        if (split.Train.Length < reference.Columns + 2 || split.Test.Length < 2)
        {
            throw new ArgumentException(
                $"There are {split.Train.Length} cells to fit {reference.Columns} dimensions and {split.Test.Length} to test on; expected {reference.Columns + 2} or more, and 2 or more.");
        }
        var (fitted, fittedCentre) = Standardised(Rows(reference, split.Train));
        var centres = Rows(target, split.Train).ColumnSums() / split.Train.Length;
        var coefficients = Solve(fitted, Rows(target, split.Train));

        var truth = Rows(target, split.Test);
        var predicted = Apply(fittedCentre, Rows(reference, split.Test)) * coefficients;
        return new LatentExplanation(
            [.. Enumerable.Range(0, target.Columns).Select(j => Score(truth.Column(j), predicted.Column(j) + centres[j]))],
            split.Train.Length, split.Test.Length);
    }

    /// <summary>One row a dimension of the target: its R2.</summary>
    public Table ToTable() => new(
        new IntegerColumn("dimension", [.. Enumerable.Range(0, R2.Length).Select(i => (long)i)]),
        new NumberColumn("R2", R2, "F3"));

    private static Matrix<double> Rows(DenseMatrix matrix, int[] rows) =>
        Matrix<double>.Build.Dense(rows.Length, matrix.Columns, (i, j) => matrix[rows[i], j]);

    private static (Matrix<double> Values, (double Mean, double Scale)[] Centre) Standardised(Matrix<double> x)
    {
        var centre = new (double Mean, double Scale)[x.ColumnCount];
        for (var j = 0; j < x.ColumnCount; j++)
        {
            var column = x.Column(j);
            var mean = column.Average();
            var length = (column - mean).L2Norm();
            // what varies by rounding alone says nothing
            centre[j] = (mean, length > 1e-7 * Math.Max(1e-30, column.L2Norm()) ? 1 / length : 0);
        }
        return (Apply(centre, x), centre);
    }

    private static Matrix<double> Apply((double Mean, double Scale)[] centre, Matrix<double> x) =>
        Matrix<double>.Build.Dense(x.RowCount, x.ColumnCount, (i, j) => (x[i, j] - centre[j].Mean) * centre[j].Scale);

    // The predictors' columns are centred, so that the target need not be.
    private static Matrix<double> Solve(Matrix<double> x, Matrix<double> y)
    {
        var eigen = x.TransposeThisAndMultiply(x).Evd(Symmetricity.Symmetric);
        var values = eigen.EigenValues.Select(value => value.Real).ToArray();
        var floor = Independent * x.ColumnCount * values.Max();
        var inverse = Matrix<double>.Build.DenseDiagonal(values.Length, values.Length, i => values[i] > floor ? 1 / values[i] : 0);
        return eigen.EigenVectors * inverse * eigen.EigenVectors.TransposeThisAndMultiply(x.TransposeThisAndMultiply(y));
    }

    private static double Score(Vector<double> truth, Vector<double> predicted)
    {
        var total = (truth - truth.Average()).DotProduct(truth - truth.Average());
        return total > 0 ? 1 - (truth - predicted).DotProduct(truth - predicted) / total : double.NaN;
    }
}
