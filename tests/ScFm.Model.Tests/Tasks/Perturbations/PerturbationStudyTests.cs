using ScFm.Model.Screens;
using ScFm.Model.Tables;
using ScFm.Model.Tasks;
using ScFm.Model.Tasks.Perturbations;

namespace ScFm.Model.Tests.Tasks.Perturbations;

/// <summary>The comparison: its intervals, its sentences, and that it goes on where it was stopped.</summary>
public sealed class PerturbationStudyTests
{
    private static readonly PerturbationScreen Screen = SimulatedPerturbations.Make(cells: 20).Screen();

    private static PerturbationStudy Study(int seeds, ResultStore? store = null, params IPerturbationMethod[] methods) => PerturbationStudy.Run(
        Screen, [.. Enumerable.Range(0, seeds).Select(seed => (seed, PerturbationSplits.Simulation(Screen, seed)))], methods.Length == 0 ? PerturbationPlan.Baselines : methods, store);

    [Fact]
    public void Of_pairs_of_seen_targets_the_additive_method_beats_no_change_and_the_study_says_so()
    {
        var study = Study(3);
        Assert.Equal(["unseen single", "0/2 seen", "1/2 seen", "2/2 seen"], study.Kinds);
        Assert.True(study.Difference("2/2 seen", "additive", "no change", PerturbationMeasure.MseTop).High < 0);
        Assert.Contains("better", study.Verdict("2/2 seen", "additive", "no change", PerturbationMeasure.MseTop), StringComparison.Ordinal);
        Assert.Contains("worse", study.Verdict("2/2 seen", "no change", "additive", PerturbationMeasure.MseTop), StringComparison.Ordinal);
        var findings = study.Findings().ToArray();
        Assert.Contains(findings, finding => finding.StartsWith("2/2 seen: additive has the lowest MSE top 20", StringComparison.Ordinal));
        Assert.Contains(findings, finding => finding.Contains("linear beside the best of no change, mean of perturbations, additive", StringComparison.Ordinal));
        Assert.Equal(16, study.ToTable().RowCount);
        Assert.Throws<KeyNotFoundException>(() => study.Of("2/2 seen", "GEARS", PerturbationMeasure.MseTop));
    }

    [Fact]
    public void Of_one_split_the_interval_is_over_groups_and_seeds_that_change_nothing_do_not_narrow_it()
    {
        var split = PerturbationSplits.Simulation(Screen);
        PerturbationStudy Of(int seeds) => PerturbationStudy.Run(Screen, [.. Enumerable.Range(0, seeds).Select(seed => (seed, split))], [new AdditiveMethod()]);
        var (one, three) = (Of(1).Of("1/2 seen", "additive", PerturbationMeasure.MseTop), Of(3).Of("1/2 seen", "additive", PerturbationMeasure.MseTop));
        Assert.Equal(27, one.Count);
        Assert.Equal(one, three);
        Assert.True(one.HalfWidth > 0);
    }

    [Fact]
    public void What_is_kept_is_not_predicted_again_unless_something_has_changed()
    {
        using var folder = new TemporaryFolder();
        var (first, second) = (new Counting(), new Counting());
        var kept = Study(2, new ResultStore(folder.Path), first);
        Assert.Equal(2, first.Asked);
        var again = Study(2, new ResultStore(folder.Path), second);
        Assert.Equal(0, second.Asked);
        Assert.Equal(kept.ToString(), again.ToString());
        Study(3, new ResultStore(folder.Path), second);
        Assert.Equal(1, second.Asked);
        var other = new Counting("another");
        Study(2, new ResultStore(folder.Path), other);
        Assert.Equal(2, other.Asked);
    }

    [Fact]
    public void Every_perturbation_is_listed_by_what_is_gained()
    {
        var table = Study(1).GainByPerturbation("additive", "no change");
        var gain = ((NumberColumn)table["gain"]).Values.ToArray();
        Assert.Equal(42, gain.Length);
        Assert.Equal(gain.OrderDescending(), gain);
    }

    private sealed class Counting(string settings = "counting") : IPerturbationMethod
    {
        internal int Asked { get; private set; }

        public string Name => "counting";

        public string Settings => settings;

        public IReadOnlyList<PerturbationPrediction> Predict(PerturbationScreen screen, PerturbationSplit split, int seed, CancellationToken cancellation)
        {
            Asked++;
            return [.. split.Test.Select(group => new PerturbationPrediction(screen.ControlMean(group.Context)))];
        }
    }
}
