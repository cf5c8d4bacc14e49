using System.Diagnostics;
using System.Globalization;
using ScFm.Model.Display;
using ScFm.Model.Metrics;
using ScFm.Model.Metrics.Classification;
using ScFm.Model.Tables;

namespace ScFm.Model.Tasks.Sensitivity;

/// <summary>How well methods tell which cells belong to a class, each beside all others.</summary>
/// <param name="Outcomes">Every method's answer to every problem, fold and seed.</param>
[TypeFormatterSource(typeof(HtmlFormatterSource))]
public sealed record SensitivityStudy(IReadOnlyList<SensitivityOutcome> Outcomes) : MethodStudy
{
    /// <summary>Puts problems to methods.</summary>
    /// <param name="problems">The problems.</param>
    /// <param name="methods">The methods.</param>
    /// <param name="folds">Parts of each domain, each left out once; 2 or more. Default: 5, as published.</param>
    /// <param name="seeds">Repetitions with other folds and weights. Default: 3.</param>
    /// <param name="store">Where results are kept. Default: nowhere.</param>
    /// <param name="progress">Told before every result. Default: nobody.</param>
    /// <param name="cancellation">Stops the study; the results so far are kept in the store.</param>
    /// <exception cref="ArgumentException">A class has fewer samples than there are folds.</exception>
    /// <exception cref="OperationCanceledException">The study was stopped.</exception>
    public static SensitivityStudy Run(
        IReadOnlyList<TransferProblem> problems, IReadOnlyList<ITransferMethod> methods, int folds = 5, int seeds = 3, ResultStore? store = null,
        IProgress<StudyStep>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(folds, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(seeds, 1);
        var planned = problems.Select(problem => (Problem: problem, Data: problem.Identity, Folds: Enumerable.Range(0, seeds).Select(seed => TransferFold.Of(problem, folds, seed)).ToArray())).ToArray(); // what cannot be, before anything is computed
        var runs =
            from asked in planned
            from seed in Enumerable.Range(0, seeds)
            from fold in asked.Folds[seed]
            from method in methods
            select new StudyRun<SensitivityOutcome>(
                "sensitivity", $"{asked.Problem.Name}, {method.Name}, seed {seed}, fold {fold.Number}", $"data {asked.Data}, {folds} folds, seed {seed}; {method.Settings}",
                () => Score(asked.Problem, fold, method, seed, cancellation));
        return new SensitivityStudy(StudyLoop.Run(runs, problems.Count * methods.Count * folds * seeds, store, progress, cancellation)) { Baselines = BaselinesOf(methods) };
    }

    private static SensitivityOutcome Score(TransferProblem problem, TransferFold fold, ITransferMethod method, int seed, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        var predicted = method.Predict(new TransferView(problem, fold), seed, cancellation);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var truth = Array.ConvertAll(fold.Test, cell => problem.Target.Labels[cell]);
        var (ofCells, ofSource) = (predicted[..truth.Length], predicted[truth.Length..]);
        return Outcome(problem.Name, method.Name, seed, fold.Number, Array.ConvertAll(fold.Test, cell => problem.Target.Names[cell]), truth, ofCells) with
        {
            SourceAuroc = RocCurve.Of(Array.ConvertAll(fold.HeldOut, sample => problem.Source.Labels[sample]), Wide(ofSource)).Area,
            Seconds = seconds,
        };
    }

    /// <summary>The scores of predictions.</summary>
    internal static SensitivityOutcome Outcome(string problem, string method, int seed, int fold, string[] cells, bool[] truth, float[] predicted) => new(
        problem, method, seed, fold, RocCurve.Of(truth, Wide(predicted)).Area, PrecisionRecallCurve.Of(truth, Wide(predicted)).AveragePrecision, double.NaN, cells, truth, predicted, double.NaN);

    private static double[] Wide(float[] values) => Array.ConvertAll(values, value => (double)value);

    /// <inheritdoc/>
    public override IReadOnlyList<string> Methods => [.. Outcomes.Select(outcome => outcome.Method).Distinct()];

    /// <summary>The problems, in the order of the tables.</summary>
    public IReadOnlyList<string> Problems => [.. Outcomes.Select(outcome => outcome.Problem).Distinct()];

    /// <summary>The answers of a method to a problem, by seed and fold.</summary>
    /// <exception cref="KeyNotFoundException">The study has no such method.</exception>
    public SensitivityOutcome[] OutcomesOf(string problem, string method)
    {
        Require(method);
        return [.. Outcomes.Where(outcome => outcome.Problem == problem && outcome.Method == method).OrderBy(outcome => outcome.Seed).ThenBy(outcome => outcome.Fold)];
    }

    /// <summary>The mean of a score over folds and seeds, and its interval.</summary>
    /// <remarks>Folds of a seed share most of their training samples, and seeds are splits of the same samples: the interval is made wider for that (Nadeau and Bengio 2003).</remarks>
    /// <param name="problem">The problem.</param>
    /// <param name="method">The method.</param>
    /// <param name="measure">The score.</param>
    public MeanInterval Interval(string problem, string method, Measure<SensitivityOutcome> measure) => MeanInterval.Of(OutcomesOf(problem, method).Select(measure.Of), Overlap);

    /// <summary>Which share of the class is found at the price of which share of false alarms: the mean over folds and seeds.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="method">The method.</param>
    /// <param name="falsePositiveRates">The prices, 0 to 1.</param>
    public double[] MeanRoc(string problem, string method, IReadOnlyList<double> falsePositiveRates)
    {
        RocCurve[] curves = [.. OutcomesOf(problem, method).Select(outcome => RocCurve.Of(outcome.Truth, Wide(outcome.Predicted)))];
        return [.. falsePositiveRates.Select(rate => curves.Average(curve => curve.At(rate)))];
    }

    /// <summary>Rows: problem with method, and where there are several problems their mean; columns: AUROC, average precision, AUROC of left-out source samples and wall time, each as mean ± half of the 95% interval.</summary>
    public override Table ToTable()
    {
        var rows = (from problem in Problems from method in Methods select (Problem: problem, Method: method)).Concat(Problems.Count > 1 ? Methods.Select(method => (Problem: AllProblems, Method: method)) : []).ToArray();
        return new Table(
        [
            new TextColumn("transfer", [.. rows.Select(row => row.Problem)]),
            new TextColumn("method", [.. rows.Select(row => row.Method)]),
            .. SensitivityMeasures.All.Append(new("seconds", outcome => outcome.Seconds, Format: "F1")).Select(measure => new TextColumn(measure.Name, [.. rows.Select(row =>
                (row.Problem == AllProblems ? OverProblems(row.Method, measure) : Interval(row.Problem, row.Method, measure)).ToString(measure.Format))])),
        ]);
    }

    /// <summary>Whether each method that is no baseline tells more than the best baseline: a sentence a problem, and one for all.</summary>
    public IEnumerable<string> Findings() =>
        Baselines.MaxBy(method => OverProblems(method, SensitivityMeasures.Auroc).Mean) is { } best ? Learners.SelectMany(method => Findings(method, best)) : [];

    /// <summary>Whether a method tells more than another, one sentence a problem and one for all.</summary>
    /// <param name="method">The method.</param>
    /// <param name="baseline">The other.</param>
    /// <exception cref="KeyNotFoundException">The study has no such method.</exception>
    public IEnumerable<string> Findings(string method, string baseline)
    {
        foreach (var problem in Problems)
        {
            var gain = MeanInterval.Of(OutcomesOf(problem, method).Zip(OutcomesOf(problem, baseline), (one, other) => one.Auroc - other.Auroc), Overlap);
            yield return Sentence(problem, Interval(problem, method, SensitivityMeasures.Auroc), Interval(problem, baseline, SensitivityMeasures.Auroc), gain, "folds and seeds");
        }
        if (Problems.Count > 1)
        {
            var (mine, theirs) = (Means(method, SensitivityMeasures.Auroc), Means(baseline, SensitivityMeasures.Auroc));
            yield return Sentence(AllProblems, MeanInterval.Of(mine), MeanInterval.Of(theirs), MeanInterval.Of(mine.Zip(theirs, (one, other) => one - other)), "them");
        }
        string Sentence(string problem, MeanInterval mine, MeanInterval theirs, MeanInterval gain, string over) => string.Create(CultureInfo.InvariantCulture,
            $"{problem}: {method} {Verdict.Of(gain)} {baseline}, AUROC {mine.Mean:F3} and {theirs.Mean:F3} (difference {gain.ToString("F3")} over {over}).");
    }

    private string AllProblems => $"mean of {Problems.Count}";

    private MeanInterval OverProblems(string method, Measure<SensitivityOutcome> measure) => MeanInterval.Of(Means(method, measure));

    private double[] Means(string method, Measure<SensitivityOutcome> measure) => [.. Problems.Select(problem => Interval(problem, method, measure).Mean)];

    // what is scored over what is learnt from
    private double Overlap => 1.0 / Outcomes.Max(outcome => outcome.Fold);
}
