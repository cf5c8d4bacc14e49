using ScFm.Model.Metrics;
using ScFm.Model.Metrics.Classification;

namespace ScFm.Model.Tests.Metrics.Classification;

public class ConfusionMatrixTests
{
    [Fact]
    public void Scores_follow_from_the_counts()
    {
        // Class 0: 3 items, 2 found; class 1: 1 item, found, beside one of class 0.
        var matrix = new ConfusionMatrix([0, 0, 0, 1], [0, 0, 1, 1], 2);

        Assert.Equal(0.75, matrix.Accuracy);
        Assert.Equal((1, 2.0 / 3, 0.8, 3L), (matrix.PerClass[0].Precision, matrix.PerClass[0].Recall, matrix.PerClass[0].F1, matrix.PerClass[0].Support));
        Assert.Equal((0.5, 1, 2.0 / 3), (matrix.PerClass[1].Precision, matrix.PerClass[1].Recall, matrix.PerClass[1].F1));
        Assert.Equal((0.8 + 2.0 / 3) / 2, matrix.Macro.F1, 1e-15);
        // Both frequencies agree by chance in 3/4 * 2/4 + 1/4 * 2/4 = 1/2 of the cases.
        Assert.Equal(0.5, matrix.CohenKappa, 1e-15);
    }

    [Fact]
    public void Counts_give_what_the_items_do_and_may_leave_out_rows_without_any()
    {
        var (items, counts) = (new ConfusionMatrix([0, 0, 0, 1, 1], [0, 0, 2, 1, 0], 3), new ConfusionMatrix([[2, 0, 1], [1, 1, 0]]));

        Assert.Equal(items.PerClass, counts.PerClass);
        Assert.Equal((items.Total, items.Accuracy, items.Macro, items.CohenKappa), (counts.Total, counts.Accuracy, counts.Macro, counts.CohenKappa));
        Assert.Equal(1, counts[0, 2]);
        foreach (var wrong in new int[][][] { [], [[0, 0], [0, 0]], [[1, 0], [1]], [[1], [1]] })
        {
            Assert.Contains("expected a row as long as all others", Assert.Throws<ArgumentException>(() => new ConfusionMatrix(wrong)).Message);
        }
    }

    [Fact]
    public void A_class_that_does_not_occur_changes_no_mean()
    {
        var (with, without) = (new ConfusionMatrix([0, 1, 1], [0, 1, 0], 5), new ConfusionMatrix([0, 1, 1], [0, 1, 0], 2));

        Assert.Equal(without.Macro, with.Macro);
        Assert.Equal(without.BalancedAccuracy, with.BalancedAccuracy);
        Assert.Equal(
            ClassProbabilities.AurocOneVersusRest([0, 1, 1], new Points(3, 2, [0.9, 0.1, 0.2, 0.8, 0.95, 0.05])),
            ClassProbabilities.AurocOneVersusRest([0, 1, 1], new Points(3, 3, [0.9, 0.1, 0, 0.2, 0.8, 0, 0.95, 0.05, 0])));
    }

    [Fact]
    public void One_class_alone_has_no_area() =>
        Assert.True(double.IsNaN(ClassProbabilities.AurocOneVersusOne([1, 1], new Points(2, 2, [0.5, 0.5, 0.1, 0.9]))));

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Assert.Contains("2 true and 1 predicted", Assert.Throws<ArgumentException>(() => new ConfusionMatrix([0, 1], [0], 2)).Message);
        Assert.Contains("Item 1 is of class 2; expected 0 to 1", Assert.Throws<ArgumentException>(() => new ConfusionMatrix([0, 2], [0, 1], 2)).Message);
        Assert.Contains("no item", Assert.Throws<ArgumentException>(() => new ConfusionMatrix([], [], 2)).Message);
        Assert.Contains("2 of the 2 items", Assert.Throws<ArgumentException>(() => RocCurve.Of([true, true], [1, 2])).Message);
        Assert.Contains("item 1 is NaN", Assert.Throws<ArgumentException>(() => RocCurve.Of([true, false], [1, double.NaN])).Message);
        Assert.Contains("A probability of item 0 is NaN", Assert.Throws<ArgumentException>(() => ClassProbabilities.LogLoss([0], new Points(1, 2, [double.NaN, 1]))).Message);
        Assert.Contains("1 true classes and 2 rows", Assert.Throws<ArgumentException>(() => ClassProbabilities.LogLoss([0], new Points(2, 1, [1, 1]))).Message);
    }
}
