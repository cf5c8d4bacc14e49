using MathNet.Numerics.LinearAlgebra;
using ScFm.Model.Cells;
using ScFm.Model.Graphs;

namespace ScFm.Model.Tests.Graphs;

public class PcaTests
{
    [Theory]
    [InlineData(120, 40, false)]
    [InlineData(40, 120, false)]
    [InlineData(120, 40, true)]
    [InlineData(40, 120, true)]
    public void Components_are_those_of_an_exact_singular_value_decomposition(int cells, int genes, bool scale)
    {
        var sparse = Blobs.Sparse(cells, genes, 0.15, 1);
        var options = new PcaOptions { Components = 10, Scale = scale };

        var fit = Pca.Fit(sparse, options);

        var exact = Prepared(Blobs.Dense(sparse), scale).Svd();
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(exact.S[i] * exact.S[i] / (cells - 1), fit.ExplainedVariance[i], 1e-6 * fit.ExplainedVariance[0]);
            var cosine = Math.Abs(exact.VT.Row(i).Select((v, gene) => v * fit.Loadings[i, gene]).Sum());
            Assert.Equal(1, cosine, 1e-5);
        }
        Assert.Equal(exact.S.Take(10).Sum(s => s * s) / exact.S.Sum(s => s * s), fit.ExplainedVarianceRatio.Sum(), 1e-6);
    }

    [Fact]
    public void Cells_are_projected_to_where_they_lay()
    {
        var cells = Blobs.Sparse(90, 60, 0.1, 2);
        var fit = Pca.Fit(cells, new() { Components = 8 });

        Assert.All(fit.Scores.Values.Zip(fit.Project(cells).Values), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
        Assert.Equal(fit.Project(cells).Row(7).ToArray(), fit.Project(cells.SelectRows([7])).Row(0).ToArray());
    }

    [Fact]
    public void Sparse_and_dense_cells_give_the_same_components()
    {
        var sparse = Blobs.Sparse(90, 60, 0.1, 2);

        var (fromSparse, fromDense) = (Pca.Fit(sparse, new() { Components = 8 }), Pca.Fit(Blobs.Dense(sparse), new() { Components = 8 }));

        Assert.All(fromSparse.Scores.Values.Zip(fromDense.Scores.Values), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
    }

    [Fact]
    public void The_largest_loading_of_each_component_is_positive()
    {
        var fit = Pca.Fit(Blobs.Make(80, 20, 4, 3), new() { Components = 12 });

        for (var i = 0; i < 12; i++)
        {
            Assert.True(fit.Loadings.Row(i).ToArray().MaxBy(Math.Abs) > 0);
        }
    }

    [Fact]
    public void Cells_of_low_rank_have_no_variance_beyond_it()
    {
        var points = new DenseMatrix(50, 30);
        for (var i = 0; i < points.Values.Length; i++)
        {
            points.Values[i] = i / 30 * (i % 30 + 1);
        }

        var fit = Pca.Fit(points, new() { Components = 30 });

        Assert.Equal(1, fit.ExplainedVarianceRatio[0], 1e-9);
        Assert.All(fit.ExplainedVarianceRatio.Skip(1), r => Assert.Equal(0, r, 1e-9));
        Assert.All(fit.Scores.Values, s => Assert.True(float.IsFinite(s)));
    }

    [Fact]
    public void Cells_that_are_all_alike_have_scores_of_zero()
    {
        var points = new DenseMatrix(10, 4, [.. Enumerable.Repeat(3f, 40)]);

        var fit = Pca.Fit(points, new() { Components = 2, Scale = true });

        Assert.All(fit.Scores.Values, s => Assert.Equal(0, s, 1e-5));
    }

    [Fact]
    public void A_value_that_is_not_finite_is_named_in_the_error()
    {
        var points = new DenseMatrix(3, 2, [1, 2, 3, float.NaN, 5, 6]);

        var error = Assert.Throws<ArgumentException>(() => Pca.Fit(points));

        Assert.Contains("Column 1", error.Message);
    }

    [Fact]
    public void Components_of_blood_cells_solve_the_eigenvalue_problem()
    {
        var cells = Pbmc3k.OrSkip().Expression;

        var fit = Pca.Fit(cells, new() { Components = 50 });

        var centred = Prepared(Blobs.Dense(cells), scale: false);
        var loadings = Matrix<double>.Build.Dense(50, cells.Columns, (i, gene) => fit.Loadings[i, gene]);
        var projected = centred * loadings.Transpose();
        var covariance = projected.TransposeThisAndMultiply(projected) / (cells.Rows - 1);
        for (var i = 0; i < 50; i++)
        {
            Assert.Equal(fit.ExplainedVariance[i], covariance[i, i], 1e-5 * fit.ExplainedVariance[0]);
            var residual = centred.TransposeThisAndMultiply(projected.Column(i)) / (cells.Rows - 1) - fit.ExplainedVariance[i] * loadings.Row(i);
            Assert.True(residual.L2Norm() < 1e-5 * fit.ExplainedVariance[0], $"Component {i} has a residual of {residual.L2Norm()}.");
        }
    }

    // Centred; or standardised as scanpy.pp.scale with max_value=10 does, and centred again.
    private static Matrix<double> Prepared(DenseMatrix cells, bool scale)
    {
        var columns = Enumerable.Range(0, cells.Columns).Select(gene =>
        {
            var column = Vector<double>.Build.Dense(cells.Rows, row => cells[row, gene]);
            column -= column.Average();
            if (scale && column.L2Norm() > 0)
            {
                column /= column.L2Norm() / Math.Sqrt(cells.Rows - 1);
                column = column.PointwiseMinimum(10);
                column -= column.Average();
            }
            return column;
        });
        return Matrix<double>.Build.DenseOfColumnVectors(columns);
    }
}
