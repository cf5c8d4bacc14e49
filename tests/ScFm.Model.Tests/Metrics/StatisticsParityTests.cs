using ScFm.Model.Metrics;

namespace ScFm.Model.Tests.Metrics;

public class StatisticsParityTests
{
    private const double Tolerance = 1e-12;

    [Fact]
    public void Correlations_and_their_p_values_are_those_of_scipy()
    {
        foreach (var golden in Golden.AllOrSkip("metrics_statistics*"))
        {
            var (a, b) = (golden.Numbers("a"), golden.Numbers("b"));
            foreach (var (name, found) in new[] { ("pearson", Correlation.Pearson<double>(a, b)), ("spearman", Correlation.Spearman<double>(a, b)) })
            {
                var expected = golden.Numbers(name);
                Assert.Equal(expected[0], found.Coefficient, Tolerance);
                Assert.Equal(expected[1], found.PValue, 1e-9 * expected[1]);
            }
            Assert.Equal(golden.Numbers("ranks_a"), Ranks.Average(a));
        }
    }

    [Fact]
    public void Errors_of_recovered_expression_are_those_of_the_definition()
    {
        foreach (var golden in Golden.AllOrSkip("metrics_statistics*"))
        {
            var (truth, predicted) = (golden.Numbers("rec.true"), golden.Numbers("rec.pred"));

            Near(golden.Numbers("rec.pooled"), Reconstruction.OfExpressed<double>(truth, predicted));
            Assert.Equal(golden.Number("mse_all"), Reconstruction.MeanSquaredError<double>(truth, predicted), Tolerance);
            var perCell = golden.Numbers("rec.per_cell");
            var genes = truth.Length / (perCell.Length / 3);
            for (var cell = 0; cell < perCell.Length / 3; cell++)
            {
                var row = (cell * genes)..((cell + 1) * genes);
                Near(perCell[(3 * cell)..(3 * cell + 3)], Reconstruction.OfExpressed<double>(truth[row], predicted[row]));
            }
        }
    }

    [Fact]
    public void The_two_relative_errors_follow_their_formulas()
    {
        float[] truth = [2, 0, 4];
        float[] predicted = [1, 5, 6];

        Assert.Equal((1 / 2.0 + 2 / 4.0) / 2, Reconstruction.MeanRelativeError<float>(truth, predicted), 1e-12);
        Assert.Equal((1 / 2.0 + 4 / 4.0) / 2, Reconstruction.MeanRelativeSquaredError<float>(truth, predicted), 1e-12);
        Assert.Equal((1 + 5 + 2) / 3.0, Reconstruction.MeanAbsoluteError<float>(truth, predicted), 1e-12);
    }

    [Fact]
    public void A_series_that_does_not_vary_has_no_correlation() =>
        Assert.True(double.IsNaN(Correlation.Pearson<double>([1, 1, 1], [1, 2, 3]).Coefficient));

    [Fact]
    public void Series_of_different_lengths_are_refused() =>
        Assert.Contains("3 and 2", Assert.Throws<ArgumentException>(() => Reconstruction.MeanSquaredError<double>([1, 2, 3], [1, 2])).Message);

    private static void Near(double[] expected, RecoveryScores found)
    {
        Assert.Equal(expected[0], found.MeanAbsoluteError, Tolerance);
        Assert.Equal(expected[1], found.MeanRelativeError, Tolerance);
        Assert.Equal(expected[2], found.Pearson, Tolerance);
    }
}
