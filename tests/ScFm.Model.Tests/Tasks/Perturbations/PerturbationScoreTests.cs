using ScFm.Model.Screens;
using ScFm.Model.Tasks.Perturbations;
using ScFm.Model.Tests.Screens;

namespace ScFm.Model.Tests.Tasks.Perturbations;

/// <summary>Scores by hand.</summary>
public sealed class PerturbationScoreTests
{
    private static readonly PerturbationScreen Screen = ScreenReader.Read(
        LabelledCounts.Of(LabelledCounts.Times(4, "ctrl", "MYC"), counts: cell => cell < 4 ? [10, 10 + cell % 2, 10, 10, 10 + cell, 50] : [10, 10 + cell % 2, 10, 0, 40 + cell % 2, 20]), new() { FewestCells = 2 });

    private static readonly PerturbedGroup Group = Screen.Groups[0];

    [Fact]
    public void A_prediction_that_is_the_truth_has_no_error_and_one_that_changes_nothing_has_no_direction()
    {
        var top = new DifferentialGenes(Screen).Top(Group, 3);
        var perfect = PerturbationScore.Of(Screen, Group, Screen.Mean(Group), top);
        Assert.Equal((0, 0, 1, 1), (perfect.Mse, perfect.MseTop, perfect.Direction, perfect.WithinFive));
        Assert.Equal(1, perfect.PearsonDelta, 6);
        var none = PerturbationScore.Of(Screen, Group, Screen.ControlMean(0), top);
        Assert.Equal((0, 0, 0), (none.PearsonDelta, none.PearsonDeltaTop, none.Direction));
        Assert.Equal(Screen.Change(Group).Select(change => change * change).Average(), none.Mse, 6);
        Assert.Equal(top.Select(gene => Screen.Change(Group)[gene]).Select(change => change * change).Average(), none.MseTop, 6);
    }

    [Fact]
    public void Shares_count_genes_near_the_mean_and_between_percentiles()
    {
        int[] top = [3, 4, 5];
        var (truth, predicted) = (Screen.Mean(Group), Screen.Mean(Group).ToArray());
        predicted[4] *= 1.2f;
        predicted[5] *= 1.04f;
        var score = PerturbationScore.Of(Screen, Group, predicted, top);
        Assert.Equal(2.0 / 3, score.WithinFive, 9);
        Assert.Equal(1.0 / 3, score.WithinPercentiles, 9); // MYC, which is 0 in all cells
        Assert.Equal(Math.Pow(0.2 * truth[4], 2) / 3 + Math.Pow(0.04 * truth[5], 2) / 3, score.MseTop, 4);
    }

    [Fact]
    public void Genes_are_ranked_by_the_size_of_Welch_s_t()
    {
        var ranked = new DifferentialGenes(Screen).Top(Group);
        double T(int gene) => Math.Abs(ScFm.Model.Metrics.TTest.Welch([.. Screen.Values(Screen.CellsOf(Group), gene)], [.. Screen.Values(Screen.ControlCells(0), gene)]).Statistic);
        Assert.Equal(6, ranked.Length);
        Assert.Equal(ranked.Select(T).OrderDescending(), ranked.Select(T), (one, other) => one == other || Math.Abs(one - other) < 1e-6 * one);
    }

    [Fact]
    public void A_prediction_that_is_not_finite_or_too_short_is_named()
    {
        float[] predicted = [1, 2, 3, 4, 5, float.NaN];
        Assert.Contains("prediction of MYC has 6 values, 1 of which", Assert.Throws<ArgumentException>(() => PerturbationScore.Of(Screen, Group, predicted, [0])).Message, StringComparison.Ordinal);
        Assert.Contains("has 2 values", Assert.Throws<ArgumentException>(() => PerturbationScore.Of(Screen, Group, predicted[..2], [0])).Message, StringComparison.Ordinal);
    }
}
