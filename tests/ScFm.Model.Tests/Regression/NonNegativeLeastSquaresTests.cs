using ScFm.Model.Cells;
using ScFm.Model.Regression;
using ScFm.Model.Tests.Cells;

namespace ScFm.Model.Tests.Regression;

public sealed class NonNegativeLeastSquaresTests
{
    [Theory]
    [InlineData(40, 15, 1)]
    [InlineData(30, 30, 2)]
    [InlineData(100, 40, 3)]
    public void The_solution_is_scipy_s(int rows, int columns, int seed)
    {
        var (a, y) = Draw(rows, columns, seed);
        var found = NonNegativeLeastSquares.Solve(Columns(a), y);
        var peer = SimulatedRegression.Numbers(Peer.Run($"""
            from scipy.optimize import nnls
            print(*nnls({SimulatedRegression.Python(a)}, {SimulatedRegression.Python(y)})[0])
            """));
        Assert.InRange(found.Count(x => x > 0), 2, columns - 1);
        for (var j = 0; j < columns; j++)
        {
            Assert.Equal(peer[j], found[j], 1e-6);
        }
    }

    [Fact]
    public void With_more_columns_than_rows_the_conditions_of_the_minimum_hold()
    {
        var (a, y) = Draw(20, 90, 4);
        var (columns, x) = (Columns(a), NonNegativeLeastSquares.Solve(Columns(a), y));
        var residual = y.Select((v, i) => v - columns.Select((c, j) => c[i] * x[j]).Sum()).ToArray();
        Assert.All(Enumerable.Range(0, 90), j =>
        {
            var slope = columns[j].Zip(residual, (c, r) => c * r).Sum();
            Assert.InRange(slope, x[j] > 0 ? -1e-7 : double.NegativeInfinity, 1e-7);
            Assert.True(x[j] >= 0);
        });
    }

    [Fact]
    public void Columns_that_repeat_share_the_fit()
    {
        double[] one = [1, 2, 3], two = [3, 1, 0];
        var x = NonNegativeLeastSquares.Solve([one, one, two, one], [2, 4, 6]);
        Assert.Equal(2, x[0] + x[1] + x[3], 1e-9);
        Assert.Equal(0, x[2], 1e-9);
    }

    [Fact]
    public void A_target_that_no_column_points_to_gives_zeros_and_lengths_are_checked()
    {
        Assert.Equal([0, 0], NonNegativeLeastSquares.Solve([[1, 2], [0, 1]], [-1, -1]));
        Assert.Empty(NonNegativeLeastSquares.Solve([], [1, 2]));
        Assert.StartsWith("Column 1 has 1 values; expected 2", Assert.Throws<ArgumentException>(() => NonNegativeLeastSquares.Solve([[1, 2], [1]], [1, 1])).Message);
    }

    private static (DenseMatrix A, double[] Y) Draw(int rows, int columns, int seed)
    {
        var random = new Random(seed);
        var a = new DenseMatrix(rows, columns, [.. Enumerable.Range(0, rows * columns).Select(_ => random.NextSingle())]);
        return (a, [.. Enumerable.Range(0, rows).Select(i => a[i, 0] + 0.5 * a[i, 1] + 0.5 * random.NextDouble())]);
    }

    private static double[][] Columns(DenseMatrix a) =>
        [.. Enumerable.Range(0, a.Columns).Select(j => Enumerable.Range(0, a.Rows).Select(i => (double)a[i, j]).ToArray())];
}
