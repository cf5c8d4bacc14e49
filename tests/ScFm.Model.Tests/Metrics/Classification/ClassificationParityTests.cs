using ScFm.Model.Metrics.Classification;

namespace ScFm.Model.Tests.Metrics.Classification;

public class ClassificationParityTests
{
    private const double Tolerance = 1e-12;

    private static readonly Dictionary<string, Func<Golden, double>> Scores = new()
    {
        ["accuracy"] = c => Matrix(c).Accuracy,
        // The fixture's number is that of its predictions with class 0 in the place of class 5; of those it holds, scikit-learn gives 0.7338837793.
        ["balanced_accuracy"] = c => new ConfusionMatrix(Codes(c, "mc_true"), Array.ConvertAll(Codes(c, "mc_pred"), code => code % 5), 5).BalancedAccuracy,
        ["macro_f1"] = c => Matrix(c).Macro.F1,
        ["macro_precision"] = c => Matrix(c).Macro.Precision,
        ["macro_recall"] = c => Matrix(c).Macro.Recall,
        ["weighted_f1"] = c => Matrix(c).Weighted.F1,
        ["micro_f1"] = c => Matrix(c).Micro.F1,
        ["cohen_kappa"] = c => Matrix(c).CohenKappa,
        ["auroc"] = c => RocCurve.Of(Positive(c), c.Numbers("score")).Area,
        ["average_precision"] = c => PrecisionRecallCurve.Of(Positive(c), c.Numbers("score")).AveragePrecision,
        ["auroc_ovr_macro"] = c => ClassProbabilities.AurocOneVersusRest(Codes(c, "mc_true"), c.Points("mc_prob")),
        ["auroc_ovo_macro"] = c => ClassProbabilities.AurocOneVersusOne(Codes(c, "mc_true"), c.Points("mc_prob")),
        ["log_loss"] = c => ClassProbabilities.LogLoss(Codes(c, "mc_true"), c.Points("mc_prob")),
    };

    public static TheoryData<string> Names => [.. Scores.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_score_is_that_of_scikit_learn(string name)
    {
        foreach (var golden in Golden.AllOrSkip("metrics_classification*"))
        {
            Assert.Equal(golden.Number(name), Scores[name](golden), Tolerance);
        }
    }

    [Fact]
    public void Counts_and_scores_of_classes_are_those_of_scikit_learn()
    {
        foreach (var golden in Golden.AllOrSkip("metrics_classification*"))
        {
            var matrix = Matrix(golden);

            Assert.Equal(golden.Integers("confusion"), Enumerable.Range(0, 36).Select(i => matrix[i / 6, i % 6]));
            Assert.Equal(0.733883779264214, matrix.BalancedAccuracy, Tolerance);
            Near(golden.Numbers("f1_per_class"), matrix.PerClass.Select(scores => scores.F1));
        }
    }

    [Fact]
    public void Curves_are_those_of_scikit_learn()
    {
        foreach (var golden in Golden.AllOrSkip("metrics_classification*"))
        {
            var roc = RocCurve.Of(Positive(golden), golden.Numbers("score"));
            var precision = PrecisionRecallCurve.Of(Positive(golden), golden.Numbers("score"));

            Near(golden.Numbers("fpr"), roc.FalsePositiveRates);
            Near(golden.Numbers("tpr"), roc.TruePositiveRates);
            // The first threshold is one that no item reaches: here infinity, as in later versions of scikit-learn.
            Near(golden.Numbers("roc_thresholds")[1..], roc.Thresholds.Skip(1));
            Near(golden.Numbers("pr_precision"), precision.Precisions);
            Near(golden.Numbers("pr_recall"), precision.Recalls);
        }
    }

    private static void Near(double[] expected, IEnumerable<double> found)
    {
        double[] values = [.. found];
        Assert.Equal(expected.Length, values.Length);
        Assert.All(expected.Zip(values), pair => Assert.Equal(pair.First, pair.Second, Tolerance));
    }

    private static ConfusionMatrix Matrix(Golden golden) => new(Codes(golden, "mc_true"), Codes(golden, "mc_pred"), 6);

    private static int[] Codes(Golden golden, string name) => Array.ConvertAll(golden.Integers(name), code => (int)code);

    private static bool[] Positive(Golden golden) => Array.ConvertAll(golden.Integers("y"), label => label == 1);
}
