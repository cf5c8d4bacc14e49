using System.Diagnostics;
using ScFm.Model.Display;
using ScFm.Model.Metrics;
using ScFm.Model.Tables;

namespace ScFm.Model.Tasks.ReadDepth;

/// <summary>How well each method recovers the expression of cells that were sequenced shallowly.</summary>
/// <remarks>Source: scFoundation, Fig. 2B: error and correlation over the genes that are not zero in truth.</remarks>
/// <param name="Outcomes">Every method's answer to every trial.</param>
[TypeFormatterSource(typeof(HtmlFormatterSource))]
public sealed record RecoveryStudy(IReadOnlyList<RecoveryOutcome> Outcomes) : ScoredStudy
{
    /// <summary>Puts every trial to every one of its methods.</summary>
    /// <param name="trials">The trials.</param>
    /// <param name="store">Where results are kept. Default: nowhere.</param>
    /// <param name="progress">Told before every result. Default: nobody.</param>
    /// <param name="cancellation">Stops between two parts of a method's work; the results so far are kept in the store.</param>
    /// <exception cref="OperationCanceledException">The study was stopped.</exception>
    public static RecoveryStudy Run(
        IReadOnlyList<DepthTrial> trials, ResultStore? store = null, IProgress<StudyStep>? progress = null, CancellationToken cancellation = default)
    {
        var runs =
            from trial in trials
            let pair = new Lazy<DepthPair>(trial.Pair)
            from method in trial.Methods
            select new StudyRun<RecoveryOutcome>(
                "recovery", $"{trial.Condition}, {method.Name}, seed {trial.Seed}", FormattableString.Invariant($"cells {trial.Data}, rate {trial.Rate}, seed {trial.Seed}; {method.Settings}"),
                () => Score(trial, pair.Value, method, cancellation));
        return new RecoveryStudy(StudyLoop.Run(runs, trials.Sum(trial => trial.Methods.Count), store, progress, cancellation));
    }

    private static RecoveryOutcome Score(DepthTrial trial, DepthPair pair, StudyMethod method, CancellationToken cancellation)
    {
        var enhancer = method.Make(trial.Rate, trial.Seed);
        var started = Stopwatch.GetTimestamp();
        var expression = enhancer.Enhance(pair.Shallow, progress: null, cancellation);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        return new RecoveryOutcome(trial.Condition, trial.Rate, trial.Seed, method.Name, pair.Shallow.CellCount, pair.LeftOut, pair.Score(expression), seconds);
    }

    /// <summary>The conditions, in the order of the trials.</summary>
    public IReadOnlyList<string> Conditions => [.. Outcomes.Select(outcome => outcome.Condition).Distinct()];

    /// <summary>The methods, in the order of the tables.</summary>
    public IReadOnlyList<string> Methods => [.. Outcomes.Select(outcome => outcome.Method).Distinct()];

    /// <summary>Each condition with each method, over all seeds.</summary>
    public IReadOnlyList<RecoverySummary> Summaries =>
    [
        .. Outcomes.GroupBy(outcome => (outcome.Condition, outcome.Method))
            .Select(group => new RecoverySummary(group.Key.Condition, group.Key.Method, [.. group.OrderBy(outcome => outcome.Seed)])),
    ];

    /// <summary>Rows: condition with method; columns: the scores and the wall time, each as mean ± half of the 95% interval over seeds.</summary>
    public override Table ToTable()
    {
        var rows = Summaries;
        return new Table(
        [
            new TextColumn("condition", [.. rows.Select(row => row.Condition)]),
            new TextColumn("method", [.. rows.Select(row => row.Method)]),
            .. RecoveryMeasures.All.Select(measure => new TextColumn(measure.Name, [.. rows.Select(row => row.Of(measure).ToString(measure.Format))])),
            new TextColumn("seconds", [.. rows.Select(row => row.Seconds.ToString("F1"))]),
        ]);
    }

    /// <summary>Where a method stands, computed from the scores: one sentence a condition.</summary>
    /// <param name="method">The method, such as scFoundation.</param>
    /// <returns>For each measure the place, and which methods are better: "clearly" where the 95% interval of the differences over seeds lies on one side of zero.</returns>
    /// <exception cref="ArgumentException">The study has no such method.</exception>
    public IEnumerable<string> Findings(string method)
    {
        if (!Methods.Contains(method))
        {
            throw new ArgumentException($"The study has no method '{method}'; it has {string.Join(", ", Methods)}.", nameof(method));
        }
        foreach (var condition in Summaries.GroupBy(summary => summary.Condition))
        {
            var own = condition.Single(summary => summary.Method == method);
            var others = condition.Where(summary => summary.Method != method).ToList();
            var places = RecoveryMeasures.All.Select(measure => (measure.Name, Place: Place(own, others, measure)))
                .GroupBy(place => place.Place, (place, measures) => $"place {place.Number} by {Listed([.. measures.Select(measure => measure.Name)])}{place.Behind}");
            yield return $"{condition.Key}: {method} takes {string.Join("; ", places)}.";
        }
    }

    private static string Listed(string[] names) => names is [.. var first, var last] && first.Length > 0 ? $"{string.Join(", ", first)} and {last}" : names[0];

    // Which place, and behind what: equal for measures that say the same.
    private static (string Number, string Behind) Place(RecoverySummary own, IReadOnlyList<RecoverySummary> others, Measure<RecoveryScores> measure)
    {
        // A method without a score, as gene means within one cell, is neither better nor worse.
        var compared = others.Select(other => (other.Method, Advantage: own.Advantage(other, measure))).Where(other => !double.IsNaN(other.Advantage.Mean)).ToList();
        var better = compared.Where(other => other.Advantage.Mean < 0).OrderBy(other => other.Advantage.Mean)
            .Select(other => other.Method + (!double.IsNaN(other.Advantage.HalfWidth) && other.Advantage.High < 0 ? " (clearly)" : "")).ToList();
        return ($"{better.Count + 1} of {compared.Count + 1}", better.Count == 0 ? "" : $", behind {string.Join(", ", better)}");
    }
}
