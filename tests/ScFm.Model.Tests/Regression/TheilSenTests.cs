using ScFm.Model.Metrics;
using ScFm.Model.Regression;

namespace ScFm.Model.Tests.Regression;

public sealed class TheilSenTests
{
    private const double Tolerance = 1e-12;

    [Fact]
    public void The_median_line_and_its_interval_are_those_of_scipy()
    {
        foreach (var golden in Golden.AllOrSkip("metrics_statistics*"))
        {
            var expected = golden.Numbers("theilslopes");
            var line = TheilSen.Fit(golden.Numbers("a"), golden.Numbers("b"));
            Assert.Equal(expected, [line.Slope, line.Intercept, line.Low, line.High], (one, other) => Math.Abs(one - other) < Tolerance);
        }
    }

    [Fact]
    public void The_median_plane_is_that_of_scikit_learn_and_an_outlier_does_not_move_it()
    {
        foreach (var golden in Golden.AllOrSkip("metrics_statistics*"))
        {
            var (x, y) = (golden.Points("gi.X"), golden.Numbers("gi.y"));
            var expected = golden.Numbers("gi.theil_sen_coef");

            var found = TheilSenPlane.Fit(x, y);

            Assert.Equal(expected[0], found.First, 1e-9);
            Assert.Equal(expected[1], found.Second, 1e-9);
            Assert.Equal(golden.Number("gi.magnitude"), Math.Sqrt(found.First * found.First + found.Second * found.Second), 1e-9);
        }
        var random = new Random(6);
        double[] places = [.. Enumerable.Range(0, 80).Select(_ => random.NextDouble() - 0.5)];
        double[] response = [.. Enumerable.Range(0, 40).Select(i => i < 4 ? 50 : 2 * places[2 * i] - places[2 * i + 1])];
        var plane = TheilSenPlane.Fit(new Points(40, 2, places), response, 1e-9);
        Assert.Equal((2, -1), (Math.Round(plane.First, 6), Math.Round(plane.Second, 6)));
        Assert.Contains("3 variables", Assert.Throws<ArgumentException>(() => TheilSenPlane.Fit(new Points(2, 3, new double[6]), [1, 2])).Message);
    }

    [Fact]
    public void Things_without_any_change_leave_the_plane_where_it_is()
    {
        double[] places = [0, 0, 0, 0, 0.5, 1, -1, 0.3, 0.2, -0.7, 1.1, 0.9, -0.4, -0.6, 0.8, -0.1, 0.25, 0.6, -0.9, 0.15];
        double[] response = [.. Enumerable.Range(0, 10).Select(i => 2 * places[2 * i] - places[2 * i + 1])];
        var (first, second) = TheilSenPlane.Fit(new Points(10, 2, places), response, 1e-9);
        Assert.Equal(2, first, 1e-4);
        Assert.Equal(-1, second, 1e-4);
    }

    [Fact]
    public void There_is_no_slope_where_all_x_are_equal() => Assert.True(double.IsNaN(TheilSen.Fit([1, 1], [2, 3]).Slope));
}
