using ScFm.Model.Cells;
using ScFm.Model.Metrics;
using ScFm.Model.Models;
using ScFm.Model.Tables;
using ScFm.Model.Tasks.Enhancers;
using ScFm.Model.Tasks;
using ScFm.Model.Tasks.ReadDepth;

namespace ScFm.Model.Tests.Tasks.ReadDepth;

public sealed class RecoveryStudyTests
{
    private static readonly AnnData Cells = TaskCells.First(30);

    [Fact]
    public void Every_method_answers_every_rate_and_seed_and_all_see_the_same_thinned_cells()
    {
        var seen = new List<(double Rate, int Seed, float[] Values)>();
        StudyMethod[] methods = [Watching("first", seen), Watching("second", seen)];
        var study = RecoveryStudy.Run(DepthTrial.Thinned(Cells, methods, [0.05, 0.2], seeds: 2));
        Assert.Equal(["5% of reads", "20% of reads"], study.Conditions);
        Assert.Equal(["first", "second"], study.Methods);
        Assert.Equal(8, study.Outcomes.Count);
        Assert.All(seen.GroupBy(one => (one.Rate, one.Seed)), same => Assert.Equal(same.First().Values, same.Last().Values));
        Assert.Equal(4, seen.Select(one => one.Values.Sum()).Distinct().Count());
    }

    [Fact]
    public void The_rows_are_rate_with_method_and_hold_the_mean_and_interval_over_seeds()
    {
        var study = new RecoveryStudy([Outcome("10% of reads", "observed", 0, 1.0, 0.5), Outcome("10% of reads", "observed", 1, 2.0, 0.7)]);
        var table = study.ToTable();
        Assert.Equal(["condition", "method", "MAE", "MRE |P - X| / X", "MRE (P - X)² / X", "Pearson", "seconds"], table.Columns.Select(column => column.Name));
        // half-width: t(1, 0.975) s / sqrt(2) = 12.706 * 0.70711 / 1.41421
        Assert.Equal("1.500 ± 6.353", Assert.IsType<TextColumn>(table["MAE"]).Values[0]);
        Assert.Equal("0.600 ± 1.271", Assert.IsType<TextColumn>(table["Pearson"]).Values[0]);
    }

    [Fact]
    public void A_finding_names_what_is_better_and_says_clearly_only_where_the_differences_leave_no_doubt()
    {
        var study = new RecoveryStudy(
        [
            Outcome("c", "scVI", 0, 1.0, 0.9), Outcome("c", "scVI", 1, 1.1, 0.8),
            Outcome("c", "MAGIC", 0, 1.0, 0.2), Outcome("c", "MAGIC", 1, 2.4, 0.1),
            Outcome("c", "scFoundation", 0, 2.0, 0.5), Outcome("c", "scFoundation", 1, 2.1, 0.4),
        ]);
        var finding = Assert.Single(study.Findings("scFoundation"));
        Assert.StartsWith("c: scFoundation takes place 3 of 3 by MAE, MRE |P - X| / X and MRE (P - X)² / X, behind scVI (clearly), MAGIC; ", finding);
        Assert.EndsWith("place 2 of 3 by Pearson, behind scVI (clearly).", finding);
        Assert.Equal("c: scVI takes place 1 of 3 by MAE, MRE |P - X| / X, MRE (P - X)² / X and Pearson.", study.Findings("scVI").Single());
        Assert.Throws<ArgumentException>(() => study.Findings("SAVER").ToList());
    }

    [Fact]
    public void A_study_that_was_stopped_goes_on_where_it_was()
    {
        using var folder = new TemporaryFolder();
        var store = new ResultStore(folder.Path);
        var asked = new List<(double, int, float[])>();
        using var stop = new CancellationTokenSource();
        var steps = new Steps(step => { if (step.Done == 2) { stop.Cancel(); } });
        IReadOnlyList<DepthTrial> Trials() => DepthTrial.Thinned(Cells, [Watching("observed", asked)], [0.1, 0.5], seeds: 2);
        Assert.Throws<OperationCanceledException>(() => RecoveryStudy.Run(Trials(), store, steps, stop.Token));
        Assert.Equal(3, asked.Count);

        var study = RecoveryStudy.Run(Trials(), store);
        Assert.Equal(4, asked.Count);
        Assert.Equal(study.Outcomes, RecoveryStudy.Run(Trials(), store).Outcomes);
        Assert.Equal(4, asked.Count);
        Assert.Equal(RecoveryStudy.Run(Trials()).Outcomes.Select(outcome => outcome.Scores), study.Outcomes.Select(outcome => outcome.Scores));
    }

    [Fact]
    public void A_kept_result_is_not_taken_for_that_of_other_cells_or_settings()
    {
        using var folder = new TemporaryFolder();
        var store = new ResultStore(folder.Path);
        var asked = new List<(double, int, float[])>();
        void Run(AnnData cells, string settings) =>
            RecoveryStudy.Run(DepthTrial.Thinned(cells, [Watching("observed", asked) with { Settings = settings }], [0.1], seeds: 1), store);
        Run(Cells, "one");
        Run(TaskCells.First(29), "one");
        Run(TaskCells.First(29), "two");
        Assert.Equal(3, asked.Count);
        Run(TaskCells.First(29), "two");
        Assert.Equal(3, asked.Count);
    }

    [Fact]
    public void The_interval_of_a_mean_is_Students()
    {
        var interval = MeanInterval.Of([1, 2, 3, 4]);
        // scipy.stats.t.interval(0.95, 3, loc=2.5, scale=scipy.stats.sem([1, 2, 3, 4]))
        Assert.Equal(0.4457397432, interval.Low, 8);
        Assert.Equal(4.5542602568, interval.High, 8);
        Assert.Equal("2.50 ± 2.05", interval.ToString("F2"));
        Assert.Equal("7.000", MeanInterval.Of([7]).ToString());
        Assert.Equal("none", MeanInterval.Of([double.NaN, 1]).ToString());
    }

    private static RecoveryOutcome Outcome(string condition, string method, int seed, double error, double pearson) =>
        new(condition, 0.1, seed, method, 10, 0, new RecoveryScores(100, error, error / 2, error * error, pearson), 1.5);

    private static StudyMethod Watching(string name, List<(double, int, float[])> seen) => new(name, "watching", (rate, seed) => new Watched(name, cells => seen.Add((rate, seed, cells.X.Values))));

    private sealed class Watched(string name, Action<AnnData> see) : IEnhancer
    {
        public string Name => name;

        public DenseMatrix Enhance(AnnData cells, IProgress<int>? progress = null, CancellationToken cancellation = default)
        {
            see(cells);
            return new ObservedEnhancer().Enhance(cells, progress, cancellation);
        }
    }

    private sealed class Steps(Action<StudyStep> tell) : IProgress<StudyStep>
    {
        public void Report(StudyStep value) => tell(value);
    }
}
