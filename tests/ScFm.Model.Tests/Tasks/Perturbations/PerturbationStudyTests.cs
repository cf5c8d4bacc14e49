using ScFm.Model.Cells;
using ScFm.Model.Models.ScBert;
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
        Assert.True(study.Difference("2/2 seen", "additive", "no change", PerturbationMeasures.MseTop).High < 0);
        Assert.Contains("better", study.Verdict("2/2 seen", "additive", "no change", PerturbationMeasures.MseTop), StringComparison.Ordinal);
        Assert.Contains("worse", study.Verdict("2/2 seen", "no change", "additive", PerturbationMeasures.MseTop), StringComparison.Ordinal);
        var findings = study.Findings().ToArray();
        Assert.Contains(findings, finding => finding.StartsWith("2/2 seen: additive has the lowest MSE top 20", StringComparison.Ordinal));
        Assert.DoesNotContain(findings, finding => finding.Contains(" beside the best of ", StringComparison.Ordinal)); // all are baselines
        var learner = Study(3, null, new NoChangeMethod(), new AdditiveMethod(), new Doubting());
        Assert.Contains(learner.Findings(), finding => finding.StartsWith("2/2 seen: doubting beside the best of no change, additive: MSE top 20", StringComparison.Ordinal) && finding.Contains(": worse)", StringComparison.Ordinal));
        var vectors = new GeneVectors(Screen.Targets, new DenseMatrix(Screen.Targets.Length, 1));
        Assert.Contains(Study(1, null, new NoChangeMethod(), new LinearMethod(), new LinearMethod(new() { Vectors = vectors, VectorsName = "scGPT" })).Findings(),
            finding => finding.StartsWith("2/2 seen: linear, scGPT beside the best of no change, linear: MSE top 20", StringComparison.Ordinal));
        Assert.Equal(16, study.ToTable().RowCount);
        Assert.Throws<KeyNotFoundException>(() => study.Interval("2/2 seen", "GEARS", PerturbationMeasures.MseTop));
    }

    [Fact]
    public void Of_one_split_the_interval_is_over_groups_and_seeds_that_change_nothing_do_not_narrow_it()
    {
        var screen = SimulatedPerturbations.Make(genes: 1000).Screen(); // many genes: their sums differ in the last digit where the order of the groups does
        var plan = PerturbationPlan.Of(screen, "targets"); // whose seeds draw only what is validated on
        PerturbationStudy Of(int seeds) => PerturbationStudy.Run(screen, [.. Enumerable.Range(0, seeds).SelectMany(seed => plan.Splits(seed).Select(split => (seed, split)))], PerturbationPlan.Baselines);
        var (once, thrice) = (Of(1), Of(3));
        foreach (var (kind, groups) in new[] { ("unseen single", 12), ("1/2 seen", 66) })
        {
            foreach (var method in once.Methods)
            {
                foreach (var measure in PerturbationMeasures.All)
                {
                    var (one, three) = (once.Interval(kind, method, measure), thrice.Interval(kind, method, measure));
                    Assert.Equal(groups, three.Count);
                    Assert.Equal(one.HalfWidth, three.HalfWidth, 1e-4 * Math.Abs(one.Mean));
                }
            }
        }
        Assert.True(once.Interval("unseen single", "additive", PerturbationMeasures.MseTop).HalfWidth > 0);
        var (ofOne, ofThree) = (once.Difference("1/2 seen", "additive", "linear", PerturbationMeasures.MseTop), thrice.Difference("1/2 seen", "additive", "linear", PerturbationMeasures.MseTop));
        Assert.Equal(ofOne.HalfWidth, ofThree.HalfWidth, 1e-4 * ofOne.HalfWidth);
    }

    [Fact]
    public void A_pair_that_is_left_out_with_either_of_its_targets_is_one_group()
    {
        var study = PerturbationStudy.Run(Screen, [.. PerturbationPlan.Of(Screen, "targets").Splits(0).Select(split => (0, split))], [new AdditiveMethod()]);
        var pairs = study.Outcomes.SelectMany(outcome => outcome.Groups).Where(group => group.Kind == "1/2 seen").ToArray();
        Assert.Equal(132, pairs.Length);
        var interval = study.Interval("1/2 seen", "additive", PerturbationMeasures.MseTop);
        Assert.Equal(66, interval.Count);
        Assert.Equal(pairs.Average(pair => pair.Score.MseTop), interval.Mean, 1e-12);
    }

    [Fact]
    public void A_doubt_is_set_beside_the_error_within_a_kind_and_once_a_perturbation()
    {
        var plan = PerturbationPlan.Of(Screen, "targets");
        var study = PerturbationStudy.Run(Screen, [.. Enumerable.Range(0, 2).SelectMany(seed => plan.Splits(seed).Select(split => (seed, split)))], [new Doubting()]);
        string[] found = [.. study.Findings().Where(finding => finding.Contains("own uncertainty", StringComparison.Ordinal))];
        Assert.Equal(2, found.Length);
        Assert.Contains("1/2 seen: doubting's own uncertainty and its error over the top 20 genes go together with a rank correlation of 1.00", found[1], StringComparison.Ordinal);
        Assert.Contains("12 perturbations, means over seeds", found[0], StringComparison.Ordinal);
        Assert.Contains("66 perturbations, means over seeds", found[1], StringComparison.Ordinal);
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

    /// <summary>Predicts no change, and knows how wrong that is.</summary>
    private sealed class Doubting : IPerturbationMethod
    {
        public string Name => "doubting";

        public string Settings => Name;

        public IReadOnlyList<PerturbationPrediction> Predict(PerturbationScreen screen, PerturbationSplit split, int seed, CancellationToken cancellation)
        {
            var differential = new DifferentialGenes(screen);
            return [.. split.Test.Select(group => new PerturbationPrediction(screen.ControlMean(group.Context),
                Uncertainty: PerturbationScore.Of(screen, group, screen.ControlMean(group.Context), differential.Top(group)).MseTop))];
        }
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
