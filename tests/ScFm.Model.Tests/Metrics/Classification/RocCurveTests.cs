using ScFm.Model.Metrics.Classification;

namespace ScFm.Model.Tests.Metrics.Classification;

public sealed class RocCurveTests
{
    [Theory]
    [InlineData(0, 0.5)] // the upper end of the step
    [InlineData(0.25, 0.5)]
    [InlineData(0.5, 1)]
    [InlineData(1, 1)]
    public void Between_its_points_a_curve_lies_on_the_line(double falseAlarms, double hits) =>
        Assert.Equal(hits, RocCurve.Of([true, false, true, false], [0.9, 0.8, 0.7, 0.1]).At(falseAlarms), 12);

    [Fact]
    public void Of_scores_that_tell_nothing_it_is_the_diagonal() => Assert.Equal(0.3, RocCurve.Of([true, false, true, false], [1, 1, 1, 1]).At(0.3), 12);
}
